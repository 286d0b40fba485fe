using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>What the stream is told beside the event (docs/events.md, Payload and stream).</summary>
internal static class StreamState
{
    /// <summary>The state as JSON; all keys are known by now.</summary>
    internal static string Of(EventJob job, bool isRaw)
    {
        var queue = job.IsTransaction ? "post_process_transactions" : "post_process_errors";
        var flags = $"\"is_new\":{Word(job.IsNew)},\"is_regression\":{Word(job.IsRegression)},\"is_new_group_environment\":{Word(job.IsNewGroupEnvironment)}";
        var states = job.Group is { } group ? string.Create(CultureInfo.InvariantCulture, $"[{{\"id\":{group.Id},{flags}}}]") : "null";
        return $"{{{flags},\"queue\":\"{queue}\",\"skip_consume\":{Word(isRaw)},\"group_states\":{states}}}";
    }

    private static string Word(bool value) => value ? "true" : "false";
}
