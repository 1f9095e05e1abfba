#include <sqlxc/service/service.h>

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <sqlxc/http/server.h>
#include <sqlxc/live/hub.h>
#include <sqlxc/net/signals.h>
#include <sqlxc/observe/log.h>
#include <sqlxc/rest/api.h>
#include <sqlxc/service/cors.h>
#include <sqlxc/service/database.h>
#include <sqlxc/service/routes.h>
#include <sqlxc/service/settings.h>

namespace sqlxc {
namespace {

using service::Settings;

constexpr int kWorld = 3;

int complain(const query::Model& model, const Error& error, int status) {
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(model.name.size()), model.name.data(),
               error.message.c_str());
  return error.code == 2 || error.code == 3 ? error.code : status;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string url_of(const Settings& settings, std::uint16_t port) {
  const bool is_any = settings.host == "0.0.0.0" || settings.host == "::";
  const bool is_v6 = settings.host.find(':') != std::string::npos;
  std::string host = is_any ? "127.0.0.1" : settings.host;
  if (is_v6 && !is_any) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

void print_urls(const Settings& settings, const query::Model& model, std::uint16_t port) {
  const std::string url = url_of(settings, port);
  print(std::string(model.name) + " listens on " + url + "\n  " + url + "/api\n  " + url +
        "/docs\n");
  std::fflush(stdout);
}

observe::Log make_log(const Settings& settings) {
  const auto usual = isatty(STDERR_FILENO) != 0 ? observe::Format::logfmt : observe::Format::json;
  return observe::Log(settings.log_level, settings.log_format.value_or(usual));
}

http::Options http_options(const Settings& settings) {
  http::Options options;
  options.host = settings.host;
  options.port = settings.port;
  options.loops = settings.threads;
  options.max_body = settings.max_body;
  options.max_connections = settings.max_connections;
  options.drain_timeout = std::chrono::seconds(settings.drain_seconds);
  return options;
}

int run(const Settings& settings, const query::Model& model) {
  const observe::Log log = make_log(settings);
  net::StopSignals signals;
  const service::Cors cors(settings.cors_origins);
  auto server = http::Server::listen(http_options(settings));
  if (!server) return complain(model, server.error(), kWorld);
  // Outlives the database, which tells it of changes, and asks it only when somebody subscribes.
  service::Database* source = nullptr;
  live::Hub hub(model,
                [&source](const std::vector<query::EntityIndex>& entities, auto done) {
                  source->watch(entities, std::move(done));
                },
                {.max_subscriptions = settings.graphql_max_subscriptions});
  // Destroyed before the server: a write that the store still finishes may look at its request.
  auto database = service::Database::open(settings, model, log);
  if (!database) return complain(model, database.error(), kWorld);
  source = database->get();
  source->on_changes([&hub](const db::Changes& changes) { hub.on_changes(changes); });
  const auto graphql = service::share_graphql(model, settings);
  if (!graphql) return complain(model, graphql.error(), kWorld);
  const service::Routes::Shared shared{model,
                                       cors,
                                       log,
                                       graphql->get(),
                                       &hub,
                                       {.max_operations = settings.graphql_max_operations},
                                       settings.access_log};
  bool watches_signals = false;
  const auto make_handler = [&](net::Loop& loop) -> Result<std::unique_ptr<http::Handler>> {
    if (!std::exchange(watches_signals, true)) {
      const auto watched = signals.watch(loop, [&] { (*server)->stop(); });
      if (!watched) return std::unexpected(watched.error());
    }
    auto backend = (*database)->connect(loop);
    if (!backend) return std::unexpected(backend.error());
    auto api = std::make_unique<rest::Api>(model, std::move(*backend),
                                           std::chrono::hours(settings.idempotency_hours));
    return std::make_unique<service::Routes>(shared, loop, std::move(api));
  };
  const auto ran =
      (*server)->run(make_handler, [&] { print_urls(settings, model, (*server)->port()); });
  if (!ran) return complain(model, ran.error(), kWorld);
  log.write(observe::Level::info, "stopped");
  return 0;
}

}  // namespace

int serve(int argc, char** argv, const query::Model& model) {
  const std::vector<const char*> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  const auto start = service::read_settings(arguments, service::process_environment);
  if (!start) return complain(model, start.error(), 2);
  switch (start->request) {
    case service::Request::help:
      print(service::help_text(argc > 0 ? argv[0] : "service"));
      return 0;
    case service::Request::version:
      print(std::string(model.name) + " " + std::string(model.fingerprint) + "\n");
      return 0;
    case service::Request::serve:
      return run(start->settings, model);
  }
  return 0;
}

}  // namespace sqlxc
