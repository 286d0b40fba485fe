namespace Relocation.Testing.Importing.Encoders;

/// <summary>A column as the database has it.</summary>
/// <param name="Name">The name.</param>
/// <param name="TypeText">The type with its length, for messages.</param>
/// <param name="CastText">The type without its length: a cast to it cuts nothing off.</param>
/// <param name="Type">The type.</param>
/// <param name="IsGenerated">Whether it is computed by the database.</param>
/// <param name="IsRequired">Whether it must have a value, and nothing in the database gives it one.</param>
internal sealed record TableColumn(string Name, string TypeText, string CastText, PostgreSqlType Type, bool IsGenerated, bool IsRequired);
