namespace Relocation.Testing;

/// <summary>Something that Sentry does with events and this library does not (docs/events.md, What is left out).</summary>
/// <param name="Name">Its name, by which <see cref="EventWriterOptions.With"/> may ask for it, in vain.</param>
/// <param name="Reason">Why it is left out, as a sentence.</param>
public sealed record EventLeftOut(string Name, string Reason);
