namespace Relocation.Testing;

/// <summary>One thing that is wrong with a backup, and where.</summary>
/// <param name="Kind">What kind of problem it is.</param>
/// <param name="Message">What is wrong and what to do: whole sentences, without field values.</param>
/// <param name="Place">Where it stands.</param>
public sealed record BackupProblem(BackupProblemKind Kind, string Message, RecordPlace Place);
