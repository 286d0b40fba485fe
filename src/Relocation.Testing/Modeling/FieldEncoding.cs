namespace Relocation.Testing;

/// <summary>How a backup writes a field, where that is not JSON's own form for its type.</summary>
public enum FieldEncoding
{
    /// <summary>JSON's own form: numbers as numbers, lists as arrays, JSON as itself.</summary>
    Native,

    /// <summary>A whole number in a string, such as <c>"10"</c>; a plain number is read too. Bit flags are written so.</summary>
    DecimalText,

    /// <summary>
    /// JSON text in a string; a number, boolean, list or object that is not in a string stands for itself. In newer backups of Sentry a string stands
    /// for itself as well: see <see cref="JsonTextReading"/>.
    /// </summary>
    JsonText,

    /// <summary>A list in a string, as JSON or as a Python literal such as <c>"['a', 'b']"</c>; a JSON array is read too.</summary>
    ListText,

    /// <summary>
    /// The same, and written as a Python literal: releases of Sentry before 2025 write arrays so (docs/sentry-import.md, section 1.2).
    /// </summary>
    PythonListText,

    /// <summary>
    /// JSON as itself, which older backups write as <see cref="JsonText"/>: a string of such a backup is read as the JSON that it holds, see
    /// <see cref="JsonTextReading"/>, and written as itself. Options, authenticators and rules of Sentry are so since 2025
    /// (docs/sentry-import.md, section 1.2).
    /// </summary>
    FormerJsonText,
}
