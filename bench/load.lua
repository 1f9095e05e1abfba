-- wrk -s load.lua URL -- WORKLOAD PREFIX: random rows of bench/blog.sql; `hello` asks for one fixed path.
local random = math.random
local workload, prefix

local paths = {
  hello = function() return "/hello" end,
  point = function() return prefix .. "/users/" .. random(1, 100000) end,
  list = function()
    return prefix .. "/users/" .. random(1, 20000) .. "/posts?limit=20&order=created_at"
  end,
}

function init(args)
  workload, prefix = args[1], args[2] or ""
  math.randomseed(os.time())
  if workload == "hello" then request = function() return wrk.format("GET", "/hello") end end
end

function request() return wrk.format("GET", paths[workload]()) end
