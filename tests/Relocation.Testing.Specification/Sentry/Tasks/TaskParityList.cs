namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What docs/tasks.md says about relocation tasks, item by item.</summary>
internal static class TaskParityList
{
    internal static IReadOnlyDictionary<string, string[]> Listed { get; } = new Dictionary<string, string[]>
    {
        ["10.2"] =
        [
            "Attempts", "UPLOADING_START", "UPLOADING_COMPLETE", "PREPROCESSING_TRANSFER", "PREPROCESSING_BASELINE_CONFIG", "PREPROCESSING_COLLIDING_USERS",
            "PREPROCESSING_COMPLETE", "VALIDATING_POLL: 61 attempts",
        ],
        ["10.3"] =
        [
            "No row", "Neither in progress nor paused", "Redundant task", "Task out of order", "Empty latest task", "Same task again",
            "Same task again, attempts used up", "New task", "Scheduled cancel", "Scheduled pause", "Paused already", "Fail", "Retry or fail", "Scan accepts",
            "Scan: tarball", "Scan: decryption", "Scan: JSON", "Scan: slugs", "Scan: users", "Scan: missing organizations", "Scan: number of organizations",
            "Scan: number of users", "Scan: order",
        ],
        ["annex B"] =
        [
            "create", "any: start, no row", "F, S: start", "I, P: start, lower task", "I, P: start, higher task", "I, P: start, attempts used up",
            "I, P: start, cancel mark", "I: start, pause mark", "P: start", "I: start", "I: exception, attempts left", "I: exception, attempts used up",
            "I: definite failure", "I: run timeout or failure, runs left", "I, P: pause request", "I, P: cancel request", "I, P: abort", "P: unpause",
            "I: COMPLETED ends", "F: retry",
        ],
        ["annex C"] = ["Pause at each step in a whole run", "Cancel at each step in a whole run", "Exhaustion by kill"],
        ["addendum"] =
        [
            "T-1", "T-2", "T-3", "T-4", "T-5", "T-6", "T-7", "T-8", "T-9", "T-10", "T-11", "T-12", "T-13", "T-14", "T-15", "T-16", "T-17", "T-18", "T-19",
            "T-21", "T-24", "T-25", "T-29", "T-30", "T-31", "T-32", "T-33", "T-34", "T-35", "T-36", "T-37", "T-38", "T-44", "T-45", "T-46", "C-3", "C-4",
            "C-6", "C-7",
        ],
    };
}
