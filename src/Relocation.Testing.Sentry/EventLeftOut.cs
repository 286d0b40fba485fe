namespace Relocation.Testing;

/// <summary>Something that Sentry does with events and this library does not (event specification, section 15; addendum, E-22 and E-57).</summary>
/// <param name="Name">Its name, by which <see cref="EventWriterOptions.With"/> may ask for it, in vain.</param>
/// <param name="Reason">Why it is left out, as a sentence.</param>
public sealed record EventLeftOut(string Name, string Reason);
