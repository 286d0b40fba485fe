namespace Relocation.Testing;

/// <summary>Every message of this assembly: what is wrong, where, what to do.</summary>
internal static class Errors
{
    internal static ArgumentException CannotGenerate(RelocationModel model, IReadOnlyList<string> problems)
    {
        const int Most = 10;
        var lines = problems.Take(Most).Select(problem => $"{Environment.NewLine}  {problem}").ToList();
        if (problems.Count > Most)
        {
            lines.Add($"{Environment.NewLine}  and {problems.Count - Most} more.");
        }

        return new ArgumentException($"No backup can be generated for '{model.Name}': {string.Concat(lines)}");
    }

    internal static string UnknownLabel(ModelLabel label) =>
        $"The options name '{label}', which is no model. Correct the label in SyntheticBackupOptions.";

    internal static string UnknownField(string path) =>
        $"SyntheticBackupOptions.Values names '{path}', which is no field of a model. Write 'app.model.field'.";

    internal static string WrongNumber(string option) =>
        $"SyntheticBackupOptions.{option} is out of range. Numbers of records and weights are 0 or more, NullShare lies "
        + "between 0 and 1.";

    internal static string NothingToReferTo(RelocationEntity entity, RelocationReference reference) =>
        $"Model '{entity.Label}' requires '{reference.Name}', but '{reference.Target}' has no records. Give it some in "
        + "SyntheticBackupOptions.Records, or leave both out.";

    internal static string EntangledReference(RelocationEntity entity, RelocationReference reference) =>
        $"Model '{entity.Label}' shares fields of '{reference.Name}' with another reference and requires the rest. Give the "
        + "fields values in SyntheticBackupOptions.Values.";

    internal static string UniqueSetCannotBeKept(RelocationEntity entity, UniqueSet unique) =>
        $"Model '{entity.Label}' has a unique set ({string.Join(", ", unique.Fields)}) for which no distinct values can be made. "
        + "Give one of the fields values in SyntheticBackupOptions.Values.";

    internal static InvalidOperationException WrongValue(string path, object value) =>
        new($"SyntheticBackupOptions.Values made a {value.GetType().Name} for '{path}'. A backup holds null, numbers, booleans, "
            + "text and JsonNodes.");
}
