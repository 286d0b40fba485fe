namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Levels as groups keep them (docs/events.md, A new group).</summary>
internal static class EventLevels
{
    /// <summary>The level's number, or null where there is no such level.</summary>
    internal static int? NumberOf(string? level) => level switch
    {
        "sample" => 0,
        "debug" => 10,
        "info" => 20,
        "warning" => 30,
        "error" => 40,
        "fatal" => 50,
        _ => null,
    };

    /// <summary>The priority of a new group: low, medium or high.</summary>
    internal static int PriorityOf(string? level) => level switch
    {
        "debug" or "info" => 25,
        "error" or "fatal" => 75,
        _ => 50,
    };
}
