namespace Relocation.Testing.Backups;

/// <summary>Records of one label that follow each other in a backup.</summary>
/// <param name="Label">The model's label; the model's own one where the backup uses an alias.</param>
/// <param name="FirstIndex">The first record's index in the backup's array.</param>
/// <param name="FirstRank">The first record's position among the model's records.</param>
/// <param name="Count">How many records there are.</param>
/// <param name="Offset">Where the first record's opening brace stands in the decoded text.</param>
/// <param name="Length">The number of bytes from there to the last record's closing brace, both included.</param>
internal sealed record RecordRun(ModelLabel Label, int FirstIndex, int FirstRank, int Count, long Offset, long Length)
{
    /// <summary>The length of a part of a run, which ends where its last record does.</summary>
    internal const long UnknownLength = -1;

    /// <summary>The label as all the run's records spell it: the bytes between the quotes.</summary>
    internal required byte[] Spelling { get; init; }
}
