namespace Relocation.Testing.Importing.Rules;

/// <summary>The messages about import rules: what is wrong, where, what to do.</summary>
internal static class RuleErrors
{
    internal static ArgumentException FieldNotNamed(RelocationEntity entity, string field) =>
        new($"Field '{field}' of model '{entity.Label}' was not kept. Name it among the fields of the rule or filter that reads it.", nameof(field));

    internal static ArgumentException FieldNotWritten(RelocationEntity entity, string field) =>
        new($"Model '{entity.Label}' has no field '{field}' that a rule can set. Key fields and fields that only the database fills cannot be.", nameof(field));

    internal static ArgumentException ValueDoesNotFit(RelocationEntity entity, string wrong) =>
        new($"A rule gives a record of model '{entity.Label}' a value that does not fit. {wrong}");

    internal static ArgumentException NoReference(RelocationEntity entity, string name) =>
        new($"Model '{entity.Label}' has no reference '{name}'. It has: {string.Join(", ", entity.References.Select(reference => reference.Name))}.");

    internal static ArgumentException CannotMapTo(RelocationEntity entity) =>
        new($"A record of model '{entity.Label}' can only be mapped to one that comes earlier in the backup and is imported.");

    internal static ArgumentException UnknownLabel(ModelLabel label, string model) =>
        new($"Model '{model}' does not know '{label}'. Name a model that it has.");

    internal static ArgumentException RuleNamesUnknownField(RelocationEntity entity, string field) =>
        new($"A rule or filter of model '{entity.Label}' reads field '{field}', which the model does not have. Name one that it has.");

    internal static ArgumentException NoUniqueSet(RelocationEntity entity, string name) =>
        new($"Model '{entity.Label}' has no unique set '{name}'. It has: {string.Join(", ", entity.Uniques.Select(unique => unique.Name ?? unique.FieldNames))}.");

    internal static string FilterValueUnmatched(string filter, string value, string near) =>
        $"The filter on {filter} asks for '{value}', which no record in scope has.{near} Correct the value; letters' case counts.";

    internal static ImportException RuleFailed(Type rule, Exception cause) =>
        new($"The import ended, and what it had not committed is taken back. Rule '{rule.Name}' failed: the database refused one of its commands. See the inner "
            + "exception.", [], cause);
}
