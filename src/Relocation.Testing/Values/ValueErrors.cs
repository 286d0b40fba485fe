namespace Relocation.Testing.Values;

/// <summary>The messages about values that a column does not take, or a field cannot be given.</summary>
internal static class ValueErrors
{
    internal static string WrongElement(RelocationField list, RelocationField element) => $"An element of field '{list.Name}' is not {Expected(element)}.";

    internal static string HoldsNul(RelocationField field) =>
        $"{Subject(field)} holds the character U+0000, which databases cannot keep in text. Remove it.";

    internal static string ElementTooLong(RelocationField field, int length, int most) =>
        $"An element of field '{field.Name}' is {length} characters long; those of column '{field.Column}' take {most}. Shorten it, or widen the column.";

    internal static string OutOfRange(RelocationField field) =>
        $"{Subject(field)} holds a number that is beyond {Expected(field)}, as column '{field.Column}' demands. Correct the number, or give the "
        + "property and its column a larger type.";

    internal static string NotANumber(RelocationField field) =>
        $"{Subject(field)} holds NaN, which SQLite cannot keep: column '{field.Column}' would be null. Give it a number or null.";

    internal static string TooPrecise(RelocationField field) => field.Limits.Precision is { } precision
        ? $"{Subject(field)} has more digits than column '{field.Column}' keeps: {precision - field.Limits.Scale} before the point and {field.Limits.Scale} after "
            + "it. Round the number, or give the column a greater precision or scale."
        : $"{Subject(field)} has more digits than a decimal of .NET keeps: 28 in all. Round the number.";

    internal static string TooLong(RelocationField field, int length) =>
        $"{Subject(field)} is {length} characters long; column '{field.Column}' takes {field.MaxLength}. Shorten the value, or "
        + "widen the column.";

    internal static string NotKeptByConverter(RelocationField field) =>
        $"{Subject(field)} holds a value that is another one after the property's converter has stored it in column '{field.Column}'. Round the value, "
        + "or give the property a converter that keeps it.";

    internal static string NoNullAllowed(RelocationField field) =>
        $"{Subject(field)} is null, and column '{field.Column}' takes no null. Give it a value.";

    internal static string DefaultDoesNotFit(RelocationField field, string wrong) =>
        $"The default of field '{field.Name}' does not fit it: {wrong}";

    internal static string WrongType(RelocationField field, string found) =>
        $"{Subject(field)} holds {found} where {Expected(field)} is expected.";

    internal static string NotJson() => "It is not JSON. Correct the row.";

    internal static string FieldUnwritable(RelocationField field, string why) => $"field '{field.Name}' has a stored value that no backup can hold. {why}";

    internal static string NotConverted() => "The property's converter does not take it, so that the application could not read it either. Correct the row.";

    internal static string NoTimeSpan() => "An element is no length of time that a TimeSpan keeps: it has months, or is too long. Correct the row.";

    /// <summary>An element of a list has no name of its own.</summary>
    internal static string Subject(RelocationField field) => field.IsElement ? $"An element of field '{field.Name}'" : $"Field '{field.Name}'";

    internal static string Expected(RelocationField field) => field.Type switch
    {
        FieldType.Integer when field.Encoding == FieldEncoding.DecimalText => "a whole number, in a string or not,",
        FieldType.Integer when field.Limits is { IsUnsigned: true } => "a whole number of at most 64 bits without a sign",
        FieldType.Integer when field.Limits is { Least: var least and > long.MinValue, Most: var most } => $"a whole number from {least} to {most}",
        FieldType.Integer => "a whole number of at most 64 bits",
        FieldType.Boolean => "true or false",
        FieldType.Real when field.Limits.IsSingle => "a number of four bytes",
        FieldType.Real => "a number",
        FieldType.Decimal => "a decimal number, in a string or not,",
        FieldType.Text => "a string",
        FieldType.Bytes => "a string of base64",
        FieldType.Guid => "a string with a Guid",
        FieldType.DateTime or FieldType.Instant => "a string with an ISO 8601 date and time",
        FieldType.Date => "a string with a date such as 2024-02-29",
        FieldType.Time => "a string with a time such as 23:59:59.5",
        FieldType.Duration => "a string with a duration such as P1DT2H or 1.02:00:00",
        FieldType.Array => "a list",
        _ => "a JSON value",
    };
}
