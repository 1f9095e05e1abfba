-- wrk -s service.lua URL -- WORKLOAD PREFIX: random requests of one kind; prints one JSON line.
local random = math.random
local format = wrk.format
local json = {["content-type"] = "application/json"}
local counted = {["prefer"] = "count=exact"}
local request_of, workload, prefix

local function comment()
  return '{"post_id":' .. random(1, 500000) .. ',"user_id":' .. random(1, 100000) ..
             ',"body":"benchmark comment body of about forty chars"}'
end

local workloads = {
  point = function() return format("GET", prefix .. "/users/" .. random(1, 100000)) end,
  list = function()
    return format("GET", prefix .. "/users/" .. random(1, 20000) .. "/posts?limit=20&order=created_at")
  end,
  embed = function()
    if prefix == "" then
      return format("GET", "/posts?after=" .. random(0, 499800) .. "&limit=100&embed=author")
    end
    return format("GET", prefix .. "/posts?after=" .. random(0, 499800) ..
                      "&limit=100&order=id&select=*,author(id,name,email)")
  end,
  page = function()
    if prefix == "" then
      return format("GET", "/posts?user_id=" .. random(1, 20000) .. "&published=true&limit=10&count=1")
    end
    return format("GET", prefix .. "/posts?user_id=eq." .. random(1, 20000) ..
                      "&published=is.true&order=created_at.desc&limit=10", counted)
  end,
  insert = function() return format("POST", prefix .. "/comments", json, comment()) end,
}

function init(args)
  workload, prefix = args[1], args[2] or ""
  math.randomseed(os.time() * 1000 + math.floor(os.clock() * 1e6))
  for _ = 1, 5 do random() end
  request_of = workloads[workload]
end

function request() return request_of() end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"micros":%d,"bytes":%d,"p50":%d,"p99":%d,"bad":%d,"lost":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50),
    latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
