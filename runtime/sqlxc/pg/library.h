#pragma once

#include <libpq-fe.h>

#include <expected>

#include <sqlxc/db/error.h>

// libpq, loaded when the first URL of PostgreSQL is opened. It brings Kerberos, LDAP and TLS with
// it: linked, it would cost a service on SQLite 3 ms of its start and 5 MB. Functions keep their
// names but for the prefix.
namespace sqlxc::pg {

struct Library {
  decltype(&::PQconnectStartParams) connectStartParams = nullptr;
  decltype(&::PQconnectdbParams) connectdbParams = nullptr;
  decltype(&::PQconnectPoll) connectPoll = nullptr;
  decltype(&::PQconninfoParse) conninfoParse = nullptr;
  decltype(&::PQconninfoFree) conninfoFree = nullptr;
  decltype(&::PQfinish) finish = nullptr;
  decltype(&::PQstatus) status = nullptr;
  decltype(&::PQsocket) socket = nullptr;
  decltype(&::PQerrorMessage) errorMessage = nullptr;
  decltype(&::PQserverVersion) serverVersion = nullptr;
  decltype(&::PQsetnonblocking) setnonblocking = nullptr;
  decltype(&::PQenterPipelineMode) enterPipelineMode = nullptr;
  decltype(&::PQsetNoticeReceiver) setNoticeReceiver = nullptr;
  decltype(&::PQsendPrepare) sendPrepare = nullptr;
  decltype(&::PQsendQueryPrepared) sendQueryPrepared = nullptr;
  decltype(&::PQsendQueryParams) sendQueryParams = nullptr;
  decltype(&::PQpipelineSync) pipelineSync = nullptr;
  decltype(&::PQsetSingleRowMode) setSingleRowMode = nullptr;
  decltype(&::PQflush) flush = nullptr;
  decltype(&::PQconsumeInput) consumeInput = nullptr;
  decltype(&::PQisBusy) isBusy = nullptr;
  decltype(&::PQgetResult) getResult = nullptr;
  decltype(&::PQexec) exec = nullptr;
  decltype(&::PQexecParams) execParams = nullptr;
  decltype(&::PQgetCancel) getCancel = nullptr;
  decltype(&::PQfreeCancel) freeCancel = nullptr;
  decltype(&::PQcancel) cancel = nullptr;
  decltype(&::PQresultStatus) resultStatus = nullptr;
  decltype(&::PQresultErrorField) resultErrorField = nullptr;
  decltype(&::PQresultErrorMessage) resultErrorMessage = nullptr;
  decltype(&::PQntuples) ntuples = nullptr;
  decltype(&::PQnfields) nfields = nullptr;
  decltype(&::PQfname) fname = nullptr;
  decltype(&::PQftype) ftype = nullptr;
  decltype(&::PQgetisnull) getisnull = nullptr;
  decltype(&::PQgetvalue) getvalue = nullptr;
  decltype(&::PQgetlength) getlength = nullptr;
  decltype(&::PQcmdStatus) cmdStatus = nullptr;
  decltype(&::PQcmdTuples) cmdTuples = nullptr;
  decltype(&::PQclear) clear = nullptr;
  decltype(&::PQnotifies) notifies = nullptr;
  decltype(&::PQfreemem) freemem = nullptr;
};

/// Loads libpq if that has not been done yet; any thread may.
std::expected<void, db::Error> load_library();

/// The functions, after load_library() succeeded.
const Library& pq();

}  // namespace sqlxc::pg
