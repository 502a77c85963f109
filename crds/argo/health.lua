-- Health of StreamTable, SchedulePolicy, Snapshot and Restore for Argo CD. It reads conditions only: their types and
-- reasons are stable, messages and phases are for people. It goes into the ConfigMap argocd-cm, once a kind, under
-- resource.customizations.health.pgtrickle.dev_StreamTable, ..._SchedulePolicy, ..._Snapshot and ..._Restore.

local condition = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, entry in ipairs(obj.status.conditions) do
    condition[entry.type] = entry
  end
end

local function holds(name)
  return condition[name] ~= nil and condition[name].status == "True"
end

local function health(status, name)
  local entry = condition[name]
  return {status = status, message = entry.reason .. ": " .. (entry.message or "")}
end

-- Ready for its users, yet at rest on purpose.
local resting = {Suspended = true, Hibernated = true}

local generation = obj.metadata.generation
if obj.status == nil or obj.status.observedGeneration == nil or obj.status.observedGeneration ~= generation then
  return {status = "Progressing", message = "waiting for the operator to see this version"}
end
if holds("Stalled") then
  return health("Degraded", "Stalled")
end
if obj.metadata.deletionTimestamp ~= nil then
  return {status = "Progressing", message = "being deleted"}
end
if condition.Ready == nil then
  return {status = "Progressing", message = "waiting for the operator to report"}
end
-- It goes on by itself, but somebody should look: five failures in a row.
if condition.Ready.status ~= "True" and condition.Ready.reason == "RefreshFailing" then
  return health("Degraded", "Ready")
end
if holds("Reconciling") then
  return health("Progressing", "Reconciling")
end
if not holds("Ready") then
  return health("Progressing", "Ready")
end
if resting[condition.Ready.reason] then
  return health("Suspended", "Ready")
end
if holds("Overlaps") then
  return health("Healthy", "Overlaps")
end
return health("Healthy", "Ready")
