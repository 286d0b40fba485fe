namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What docs/tasks.md says about validating, importing and what follows, item by item.</summary>
internal static class RelocationParityList
{
    internal static IReadOnlyDictionary<string, string[]> Listed { get; } = new Dictionary<string, string[]>
    {
        ["10.2"] =
        [
            "VALIDATING_START", "VALIDATING_POLL", "VALIDATING_COMPLETE", "IMPORTING", "POSTPROCESSING", "NOTIFYING_UNHIDE", "NOTIFYING_USERS",
            "NOTIFYING_OWNER", "COMPLETED",
        ],
        ["10.4"] =
        [
            "Import id is the relocation's", "Hidden organizations", "Wanted organizations only", "Merge by provenance", "Resume",
            "Post-steps read the ledger",
        ],
        ["annex B"] = ["I: run valid", "I: run invalid", "I: run timeout or failure, runs < 3", "I: run timeout or failure, runs = 3"],
        ["annex C"] =
        [
            "Validation: valid", "Validation: config made invalid", "Validation: a user made invalid", "Validation: an organization made invalid",
            "Validation: import error", "Validation: timeouts", "Validation: mixed statuses", "Validation: stale findings", "Validation: nobody collides",
            "Validation: a colliding administrator", "Owner new", "Owner a member", "Owner an owner", "Claim mails only unclaimed",
            "No duplicate claim mails after a kill", "Killed at every step", "Killed at random statements", "Exhausted attempts after a kill",
        ],
        ["addendum"] = ["T-20", "T-22", "T-23", "T-26", "T-27", "T-28", "T-39", "T-40", "T-41", "T-42", "T-43", "C-1", "C-2", "C-5"],
    };
}
