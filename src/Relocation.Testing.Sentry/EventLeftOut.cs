namespace Relocation.Testing;

/// <summary>Something that Sentry does with events and this library does not (docs/events.md, What is left out).</summary>
/// <param name="Name">Its name. Asking for it by <see cref="EventWriterOptions.With"/> is refused.</param>
/// <param name="Reason">Why it is left out, as a sentence.</param>
public sealed record EventLeftOut(string Name, string Reason);
