namespace Relocation.Testing.Planning;

/// <summary>Which columns of a model's rows hold a reference.</summary>
internal sealed class ReferenceLayout
{
    internal ReferenceLayout(RelocationEntity entity, RelocationReference reference, RelocationField[] columns)
    {
        Reference = reference;
        Columns = [.. reference.Fields.Select(name => Array.FindIndex(columns, column => column.Name == name))];
        IsShared = entity.References.Any(other => other != reference && other.Fields.Intersect(reference.Fields).Any());
    }

    internal RelocationReference Reference { get; }

    /// <summary>For each field of the reference its column's index in the row, or -1 for one that is not written.</summary>
    internal int[] Columns { get; }

    /// <summary>Whether another reference shares a field with this one.</summary>
    internal bool IsShared { get; }
}
