using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options that give rules: a file, and single ones for sanitising.</summary>
internal sealed class RulesOptions
{
    private readonly Option<string?> _file = new("--rules")
    {
        Description = "A rules file: how fields are sanitised, and how backups of other versions differ from the model.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _rules = new("--rule")
    {
        Description = "How a field is sanitised; takes precedence over the file's rules. May be given several times. KIND is "
            + "keep, none, text, name, email or another that --list-rules shows.",
        HelpName = "MODEL.FIELD=KIND",
    };

    private readonly Option<string[]> _drift = new("--rule")
    {
        Description = "What differs in the backup: a model's or a field's former name and the present one, or one that is dropped; added to the "
            + "file's rules. May be given several times.",
        HelpName = "MODEL[.FIELD]=NAME|dropped",
    };

    private readonly Option<bool> _fail = new("--fail-on-unruled")
    {
        Description = "Give exit code 1 if text, JSON, dates or bytes stay in a field without a rule.",
    };

    private RulesFile? _loaded;

    /// <param name="command">The command that has the options.</param>
    /// <param name="sanitizes">Whether it uses rules for sanitising, not only those for other versions.</param>
    internal RulesOptions(Command command, bool sanitizes)
    {
        command.Add(_file);
        if (sanitizes)
        {
            command.Add(_rules);
            command.Add(_fail);
        }
        else
        {
            command.Add(_drift);
        }
    }

    /// <summary>Whether the command line gives a file of rules.</summary>
    internal bool IsGiven(ParseResult parse) => parse.GetValue(_file) is not null;

    /// <summary>Whether fields without a rule count as findings.</summary>
    internal bool FailsOnUnruled(ParseResult parse) => parse.GetValue(_fail);

    /// <summary>The rules for backups of other versions.</summary>
    internal IReadOnlyList<BackupRule> BackupRules(ParseResult parse) =>
        [.. Load(parse)?.BackupRules ?? [], .. (parse.GetValue(_drift) ?? []).Select(DriftRuleText.Parse)];

    /// <summary>A source's model with the rules for backups of other versions, and the rules for sanitising.</summary>
    internal (RelocationModel Model, SanitizeRules Rules) Read(ParseResult parse, ModelSource source)
    {
        var file = Load(parse);
        var model = source.CreateModel(SqliteEngine.Instance).WithRules(file?.BackupRules ?? []);
        var rules = source is SentrySource ? SentrySanitizing.Rules(model) : SanitizeRules.Default(model);
        try
        {
            rules = file?.ApplyTo(rules, model) ?? rules;
            return (model, (parse.GetValue(_rules) ?? []).Aggregate(rules, (all, rule) => RulesFile.ParseRule(rule).ApplyTo(all, model)));
        }
        catch (RulesFileException exception)
        {
            throw new UsageException(exception.Message, exception);
        }
    }

    /// <summary>The file, read only once, since it may be a pipe.</summary>
    private RulesFile? Load(ParseResult parse)
    {
        try
        {
            return _loaded ??= parse.GetValue(_file) is { } path ? RulesFile.Load(path) : null;
        }
        catch (RulesFileException exception)
        {
            throw new UsageException(exception.Message, exception);
        }
    }
}
