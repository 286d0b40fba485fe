using Relocation.Testing.Importing.Results;
namespace Relocation.Testing.Importing.Resuming;

/// <summary>A committed chunk.</summary>
/// <param name="Records">The records, or null for the preparation and for the end.</param>
/// <param name="Answers">What the database had answered, for <see cref="AnswerJournal"/>.</param>
internal sealed record StoredChunk(ImportedChunk? Records, byte[] Answers);
