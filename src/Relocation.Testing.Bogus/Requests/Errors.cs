namespace Relocation.Testing.Requests;

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

    internal static InvalidOperationException CheckNotMet(RelocationEntity entity, string name, long number) =>
        new($"No values were found with which record {number + 1} of '{entity.Label}' meets '{name}'. Give one of the fields of which it "
            + "speaks values in SyntheticBackupOptions.Values.");

    internal static ArgumentException NothingToSpoil(RelocationModel model) =>
        new($"A backup for '{model.Name}' without records has nothing to spoil. Ask for some in SyntheticBackupOptions.");

    internal static string UnknownLabel(ModelLabel label) =>
        $"The options name '{label}', which is no model. Correct the label in SyntheticBackupOptions.";

    internal static string UnknownLocale(string locale, IEnumerable<string> locales) =>
        $"SyntheticBackupOptions.Locale is '{locale}', which Bogus does not have. It has {string.Join(", ", locales)}.";

    internal static string UnknownFakerModel(EntityFaker faker) =>
        $"SyntheticBackupOptions.Fakers has a faker of '{faker.Type.Name}', which no model was read from. Name the model's label in "
        + "EntityFaker.For.";

    internal static string FakerFitsNothing(RelocationEntity entity, EntityFaker faker) =>
        $"The faker of '{faker.Type.Name}' has no rule for any field of '{entity.Label}'. Fields have the properties' names in snake case.";

    internal static string CheckNotUnderstood(RelocationEntity entity, string name, string sql, IEnumerable<string> fields)
    {
        var field = fields.FirstOrDefault() ?? "field";
        return $"Model '{entity.Label}' has check '{name}' ({sql}), for which no values can be worked out. Give "
            + $"SyntheticBackupOptions.Values[\"{entity.Label}.{field}\"] a function whose values keep it.";
    }

    internal static string ChecksContradict(RelocationEntity entity, IReadOnlyList<string> names) =>
        $"Model '{entity.Label}' has checks that no record can meet ({string.Join(", ", names)}), given its other constraints. Correct "
        + "them, or give one of their fields values in SyntheticBackupOptions.Values.";

    internal static string ConverterTakesNothing(string path, Type type) =>
        $"No value was found that the converter of '{path}' turns into a {type.Name} and back. Give "
        + $"SyntheticBackupOptions.Values[\"{path}\"] a function that makes some.";

    internal static string TypeNotInvented(string path, string type) =>
        $"Field '{path}' has the column type '{type}', of which no values can be made up. Give "
        + $"SyntheticBackupOptions.Values[\"{path}\"] a function that makes some, as PostgreSQL writes them.";

    internal static string UnknownField(string path) =>
        $"SyntheticBackupOptions.Values names '{path}', which is no field of a model. Write 'app.model.field'.";

    internal static string WrongNumber(string option) =>
        $"SyntheticBackupOptions.{option} is out of range. Numbers of records and weights are 0 or more, NullShare lies "
        + "between 0 and 1.";

    internal static string NothingToReferTo(RelocationEntity entity, RelocationReference reference) =>
        $"Model '{entity.Label}' requires '{reference.Name}', but '{reference.Target}' has no records. Give it some in "
        + "SyntheticBackupOptions.Records, or leave both out.";

    internal static string RequiredInCircle(RelocationEntity entity) =>
        $"Model '{entity.Label}' stands in, or requires, a circle of required references, in which no record can come first. Let one of them take "
        + "null, or leave the models out of backups (LeaveOutOfBackup).";

    internal static string RequiresLeftOut(RelocationEntity entity, RelocationReference reference) =>
        $"Model '{entity.Label}' requires '{reference.Name}', and '{reference.Target}' has no records.";

    internal static string EntangledReference(RelocationEntity entity, RelocationReference reference) =>
        $"Model '{entity.Label}' shares fields of '{reference.Name}' with another reference and requires the rest. Give the "
        + "fields values in SyntheticBackupOptions.Values.";

    internal static string UniqueSetCannotBeKept(RelocationEntity entity, UniqueSet unique) =>
        $"Model '{entity.Label}' has a unique set ({string.Join(", ", unique.Fields)}) for which no distinct values can be made. "
        + "Give one of the fields values in SyntheticBackupOptions.Values.";

    internal static InvalidOperationException WrongValue(string path, object value) =>
        new($"SyntheticBackupOptions.Values made a {value.GetType().Name} for '{path}'. A backup holds null, numbers, booleans, "
            + "text, dates, times, Guids, bytes, lists of these and JsonNodes.");

    internal static ArgumentException CannotMakeEvents(IReadOnlyList<string> problems) =>
        new($"No events can be made: {string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");

    internal static string WrongEventNumber(string option, string allowed) => $"SyntheticEventOptions.{option} is out of range. It is {allowed}.";

    internal static string WrongEventTimes() =>
        "SyntheticEventOptions.Span is out of range. It is not negative, and events begin after 1970.";

    internal static string WrongEventKinds() =>
        "SyntheticEventOptions.Kinds are wrong. Shares are 0 or more, at least one of them is more than 0, and each is of a kind that there is.";

    internal static string UnknownEventLocale(string locale) => $"SyntheticEventOptions.Locale is '{locale}', which Bogus does not have.";
}
