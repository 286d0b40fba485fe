using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Commands;

/// <summary>A rule for backups of other versions on the command line: <c>MODEL=NEW</c>, <c>MODEL.FIELD=NEW</c>, or <c>dropped</c> behind the sign.</summary>
internal static class DriftRuleText
{
    private const string Dropped = "dropped";

    internal static BackupRule Parse(string rule)
    {
        var sides = rule.Split('=', 2, StringSplitOptions.TrimEntries);
        var parts = sides[0].Split('.', 3);
        if (sides.Length < 2 || sides[1].Length == 0 || parts.Length < 2 || !ModelLabel.TryParse($"{parts[0]}.{parts[1]}", out var model) || (parts.Length == 3 && parts[2].Length == 0))
        {
            throw Errors.NoDriftRule(rule);
        }

        return (parts.Length == 3, sides[1]) switch
        {
            (false, Dropped) => BackupRule.ModelDropped(model.Value),
            (false, var label) => ModelLabel.TryParse(label, out _) ? BackupRule.ModelRenamed(model.Value, label) : throw Errors.NoDriftRule(rule),
            (true, Dropped) => BackupRule.FieldDropped(model.Value, parts[2]),
            (true, var name) => BackupRule.FieldRenamed(model.Value, parts[2], name),
        };
    }
}
