namespace Relocation.Testing.Planning;

/// <summary>A member of older backups that is declared: a former name of a column, or a field that no longer exists.</summary>
/// <param name="Name">The member's name; dots lead into objects.</param>
/// <param name="Column">The column's index, or <see cref="Dropped"/>.</param>
internal sealed record FieldRule(string Name, int Column)
{
    /// <summary>The place of a column where there is none.</summary>
    internal const int Dropped = -1;
}
