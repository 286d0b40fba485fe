using Relocation.Testing.Backups;

namespace Relocation.Testing.Sanitizing;

/// <summary>What is learned from an original before anything is replaced.</summary>
/// <param name="Known">The values that rules replace.</param>
/// <param name="Sanitizer">Takes dates, and names with their slugs; null when nothing is to be replaced.</param>
/// <param name="Persons">The persons that records belong to; null when no date is moved.</param>
/// <param name="JsonTexts">Whether texts are JSON; null when nobody asks.</param>
internal sealed record LearnedValues(KnownValues Known, Sanitizer? Sanitizer = null, Persons? Persons = null, JsonTextEvidence? JsonTexts = null);
