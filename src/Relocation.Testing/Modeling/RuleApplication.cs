namespace Relocation.Testing.Modeling;

/// <summary>Puts declared rules into a model.</summary>
internal sealed class RuleApplication
{
    private readonly RelocationModel _model;
    private readonly Dictionary<ModelLabel, RelocationEntity> _entities;
    private readonly List<ModelLabel> _dropped;
    private readonly List<string> _problems = [];

    private RuleApplication(RelocationModel model)
    {
        _model = model;
        _entities = model.Entities.ToDictionary(entity => entity.Label);
        _dropped = [.. model.DroppedLabels];
    }

    internal static RelocationModel Apply(RelocationModel model, IReadOnlyList<BackupRule> rules)
    {
        var application = new RuleApplication(model);
        foreach (var rule in rules)
        {
            application.Apply(rule);
        }

        return application._problems.Count == 0
            ? RelocationModel.Create(model.Name, application._entities.Values, application._dropped, model.LeftOutParts)
            : throw ModelErrors.ModelDoesNotFit(model.Name, application._problems);
    }

    private void Apply(BackupRule rule)
    {
        if (rule.Kind == BackupRuleKind.ModelDropped)
        {
            if (!_dropped.Contains(rule.Model))
            {
                _dropped.Add(rule.Model);
            }
        }
        else if (_model.Find(rule.Model) is not { } found)
        {
            _problems.Add($"The rule '{rule}' names '{rule.Model}', which the model does not have.");
        }
        else
        {
            var entity = _entities[found.Label];
            _entities[found.Label] = rule.Kind switch
            {
                BackupRuleKind.ModelRenamed => entity with { Aliases = [.. entity.Aliases.Append(ModelLabel.Parse(rule.Former!)).Distinct()] },
                BackupRuleKind.FieldDropped => entity with { DroppedFields = [.. entity.DroppedFields.Append(rule.Field!).Distinct()] },
                BackupRuleKind.FieldRenamed => Rename(entity, rule),
                _ => ChangeField(entity, rule, rule.Field!, field => field with { Default = rule.Default, IsDefaultDeclared = true }),
            };
        }
    }

    private RelocationEntity Rename(RelocationEntity entity, BackupRule rule)
    {
        var members = entity.Fields.Where(field => field.Name.StartsWith(rule.Field + ".", StringComparison.Ordinal)).ToList();
        if (members.Count == 0)
        {
            return ChangeField(entity, rule, rule.Field!, field => WithFormerName(field, rule.Former!));
        }

        foreach (var member in members)
        {
            entity = ChangeField(entity, rule, member.Name, field => WithFormerName(field, rule.Former + field.Name[rule.Field!.Length..]));
        }

        return entity;
    }

    private static RelocationField WithFormerName(RelocationField field, string former) =>
        field with { FormerNames = [.. field.FormerNames.Append(former).Distinct()] };

    private RelocationEntity ChangeField(RelocationEntity entity, BackupRule rule, string name, Func<RelocationField, RelocationField> change)
    {
        var found = entity.FindField(name) ?? entity.Fields.Concat(entity.Key.Fields).FirstOrDefault(field => field.Aliases.Contains(name));
        if (found is null)
        {
            _problems.Add($"The rule '{rule}' names field '{name}', which '{entity.Label}' does not have.");
            return entity;
        }

        return entity with
        {
            Fields = [.. entity.Fields.Select(field => field == found ? change(field) : field)],
            Key = entity.Key with { Fields = [.. entity.Key.Fields.Select(field => field == found ? change(field) : field)] },
        };
    }
}
