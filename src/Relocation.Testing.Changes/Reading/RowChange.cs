namespace Relocation.Testing.Reading;

/// <summary>What became of one row.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Old">Its values before, or null where it was not there.</param>
/// <param name="New">Its values now, or null where it is not there.</param>
internal sealed record RowChange(RecordTable Table, string?[]? Old, string?[]? New)
{
    internal ChangeKind Kind => Old is null ? ChangeKind.Added : New is null ? ChangeKind.Removed : ChangeKind.Changed;

    internal string?[] Row => New ?? Old!;
}
