-- wrk -s nested.lua URL -- KIND: users, their posts and comments, 10 and 5 of each, by GraphQL or by SQL written by hand.
local json = {["content-type"] = "application/json"}
local document = "query($id: BigInt!) { user(id: $id) { name posts(limit: 10, orderBy: [{id: ASC}]) " ..
                     "{ title comments(limit: 5, orderBy: [{id: ASC}]) { body } } } }"
local kinds = {
  graphql = function(id)
    return wrk.format("POST", "/graphql", json, '{"query":"' .. document .. '","variables":{"id":' .. id .. "}}")
  end,
  query_json = function(id) return wrk.format("GET", "/api/rpc/nested_json?reader=" .. id) end,
  query_rows = function(id) return wrk.format("GET", "/api/rpc/nested_rows?reader=" .. id) end,
  spike = function(id) return wrk.format("POST", "/graphql", json, '{"variables":{"id":' .. id .. "}}") end,
}
local kind

function init(args)
  kind = kinds[args[1]]
  math.randomseed(os.time() * 1000 + math.floor(os.clock() * 1e6))
  for _ = 1, 5 do math.random() end
end

-- The users that have comments.
function request() return kind(math.random(1, 4000)) end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"micros":%d,"bytes":%d,"p50":%d,"p99":%d,"bad":%d,"lost":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50),
    latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
