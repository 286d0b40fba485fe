namespace Relocation.Testing.Reading;

/// <summary>Columns of a table that hold the key of a record.</summary>
/// <param name="Name">What the reference is called.</param>
/// <param name="Columns">The columns' places.</param>
/// <param name="Target">The model of the record.</param>
internal sealed record TableReference(string Name, int[] Columns, ModelLabel Target);
