#include <sqlxc/pg/library.h>

#include <dlfcn.h>

#include <string>

namespace sqlxc::pg {
namespace {

struct Loaded {
  Library functions;
  std::string error;
};

template <class Function>
void bind(void* handle, const char* name, Function*& function, std::string& error) {
  function = reinterpret_cast<Function*>(dlsym(handle, name));
  if (function == nullptr) error = std::string("libpq has no ") + name;
}

Loaded load() {
  Loaded loaded;
  void* handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    loaded.error = std::string("PostgreSQL's client library cannot be loaded: ") + dlerror();
    return loaded;
  }
  Library& all = loaded.functions;
  const auto get = [&](const char* name, auto*& function) {
    bind(handle, name, function, loaded.error);
  };
  get("PQconnectStartParams", all.connectStartParams);
  get("PQconnectdbParams", all.connectdbParams);
  get("PQconnectPoll", all.connectPoll);
  get("PQconninfoParse", all.conninfoParse);
  get("PQconninfoFree", all.conninfoFree);
  get("PQfinish", all.finish);
  get("PQstatus", all.status);
  get("PQsocket", all.socket);
  get("PQerrorMessage", all.errorMessage);
  get("PQserverVersion", all.serverVersion);
  get("PQsetnonblocking", all.setnonblocking);
  get("PQenterPipelineMode", all.enterPipelineMode);
  get("PQsetNoticeReceiver", all.setNoticeReceiver);
  get("PQsendPrepare", all.sendPrepare);
  get("PQsendQueryPrepared", all.sendQueryPrepared);
  get("PQsendQueryParams", all.sendQueryParams);
  get("PQpipelineSync", all.pipelineSync);
  get("PQsetSingleRowMode", all.setSingleRowMode);
  get("PQflush", all.flush);
  get("PQconsumeInput", all.consumeInput);
  get("PQisBusy", all.isBusy);
  get("PQgetResult", all.getResult);
  get("PQexec", all.exec);
  get("PQexecParams", all.execParams);
  get("PQgetCancel", all.getCancel);
  get("PQfreeCancel", all.freeCancel);
  get("PQcancel", all.cancel);
  get("PQresultStatus", all.resultStatus);
  get("PQresultErrorField", all.resultErrorField);
  get("PQresultErrorMessage", all.resultErrorMessage);
  get("PQntuples", all.ntuples);
  get("PQnfields", all.nfields);
  get("PQfname", all.fname);
  get("PQftype", all.ftype);
  get("PQgetisnull", all.getisnull);
  get("PQgetvalue", all.getvalue);
  get("PQgetlength", all.getlength);
  get("PQcmdStatus", all.cmdStatus);
  get("PQcmdTuples", all.cmdTuples);
  get("PQclear", all.clear);
  get("PQnotifies", all.notifies);
  get("PQfreemem", all.freemem);
  return loaded;
}

// Kept for the life of the process: libraries below libpq (OpenSSL, GnuTLS) do not bear to be
// unloaded.
const Loaded& loaded() {
  static const Loaded kept = load();
  return kept;
}

}  // namespace

std::expected<void, db::Error> load_library() {
  if (loaded().error.empty()) return {};
  return std::unexpected(db::Error{.failure = db::Failure::closed, .message = loaded().error});
}

const Library& pq() { return loaded().functions; }

}  // namespace sqlxc::pg
