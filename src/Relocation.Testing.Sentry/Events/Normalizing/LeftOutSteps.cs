namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>What normalising does upstream and not here (docs/events.md, What is left out).</summary>
internal static class LeftOutSteps
{
    /// <summary>The steps, by name.</summary>
    internal static IReadOnlyList<LeftOutStep> All { get; } =
    [
        new("breakdowns", "Sums of spans by kind are read by no table."),
        new("browser-and-device-contexts", "Contexts from the user agent need its pattern database."),
        new("data-bag-trimming", "The exact limits of extra, contexts and the like are not known."),
        new("debug-images", "Native images are used by symbolication, which is another service."),
        new("device-class", "It needs a table of devices."),
        new("frame-rules", "Whether a frame is in the application is taken from the frame: rules of projects and platforms belong to grouping upstream."),
        new("geo-lookup", "A place for an address needs a database of places."),
        new("interface-aliases", "Attributes under the names of interfaces (sentry.interfaces.*) have not been sent for years; they are unknown attributes."),
        new("java-logger-shortening", "Loggers over 64 characters are cut, whatever the platform."),
        new("measurements", "Units and derived measurements are read by metrics only."),
        new("mechanism-names", "Names of signals and errors of operating systems need their tables."),
        new("performance-scores", "They are weighed by settings of projects that backups do not hold."),
        new("request-inference", "Query strings, cookies and bodies are kept as they are sent."),
        new("span-tags", "Tags of spans are read by metrics only."),
        new("transaction-name-rules", "Names that look like addresses keep their identifiers: the rules come from another service."),
    ];
}
