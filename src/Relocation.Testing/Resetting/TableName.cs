namespace Relocation.Testing.Resetting;

/// <summary>A table's name.</summary>
/// <param name="Schema">Its schema, or null where the engine has none.</param>
/// <param name="Name">The name.</param>
internal readonly record struct TableName(string? Schema, string Name)
{
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
