namespace Relocation.Testing;

/// <summary>The messages about changes: what is wrong, where, what to do.</summary>
internal static class ChangeErrors
{
    internal static KeyNotFoundException FieldUnchanged(RecordChange record, string field, IReadOnlyList<FieldChange> fields) => new(
        $"{record.Identity} has no change of a field '{field}'. {(fields.Count == 0 ? "No field is listed" : $"Listed are {string.Join(", ", fields.Select(each => each.Name))}")}.");

    internal static ArgumentException NoSuchMark(string name, IReadOnlyCollection<string> known) => new(
        $"The database has no mark '{name}' since it was put back. "
        + (known.Count == 0 ? "Set one with MarkAsync." : $"It has: {string.Join(", ", known.Order(StringComparer.Ordinal))}."));

    internal static ArgumentException NoSuchField(string rule) => new(
        $"ChangeOptions.Volatile names '{rule}', which is no field of the model. Write MODEL.FIELD, as in shop.order.number, or the field's name alone.");

    internal static ArgumentException NoSuchEntity(Type type, RelocationModel model) => new(
        $"{type.Name} is no entity of the model {model.Name} with a label of its own. Ask by label, for example shop.order.", nameof(type));

    internal static ArgumentException NoSuchLabel(string label, RelocationModel model) => new(
        $"'{label}' is neither a label of the model {model.Name} nor a table or member that changed.", nameof(label));

    internal static UnexpectedChangesException Unexpected(IReadOnlyList<string> unseen) => new(
        $"The test changed more than it looked at:\n\n{string.Join("\n\n", unseen)}\n\nAssert on it too, or keep it from happening. "
        + "A changed record counts as looked at when each of its fields was.");

    internal static string OtherColumns(string table) =>
        $"Table {table} has other columns than at the mark, so its rows are compared with the baseline.";

    internal static string ReadAsStored(string table) =>
        $"Table {table} holds a value that does not fit its model, so its values are shown as they are stored.";

    internal static string NoKey(string table) =>
        $"Table {table} has no primary key, so its rows are told apart by all of their values.";
}
