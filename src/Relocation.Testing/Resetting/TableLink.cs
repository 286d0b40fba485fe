namespace Relocation.Testing.Resetting;

/// <summary>A table that cannot be left alone when another is emptied.</summary>
/// <param name="From">The table that refers, or that is a part of the other one.</param>
/// <param name="To">The table referred to.</param>
/// <param name="Constraint">The foreign key, or what else connects them, as messages show it.</param>
internal sealed record TableLink(TableName From, TableName To, string Constraint)
{
    /// <summary>Whether the rows of <see cref="From"/> are also seen through <see cref="To"/>. Default: no.</summary>
    internal bool IsInheritance { get; init; }
}
