using Relocation.Testing.Values;

namespace Relocation.Testing.Reading;

/// <summary>A column of a table that was touched.</summary>
/// <param name="Name">What the field is called.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Field">The field, or null where no model has the column.</param>
/// <param name="Writer">Writes its values as backups hold them; null where they are shown as they are stored.</param>
internal sealed record TableColumn(string Name, string Column, RelocationField? Field, FieldWriter? Writer)
{
    private static readonly RelocationField Stored = new()
    {
        Name = "value", Column = "value", Type = FieldType.Json, StoreType = "json", IsNullable = true,
    };

    /// <summary>As what values are read.</summary>
    internal RelocationField Read => Writer is null ? Stored : Field!;

    /// <summary>Whether it is one that the database or the application gives a new row a number or Guid by, when it is the key.</summary>
    internal bool IsGivenKey => Field?.Type is FieldType.Integer or FieldType.Guid || (Field is null && Writer is null);
}
