namespace Relocation.Testing.Modeling;

/// <summary>Finds what does not fit together in a <see cref="RelocationModel"/>, all of it at once.</summary>
internal static class ModelValidation
{
    internal static List<string> Check(RelocationModel model)
    {
        var problems = new List<string>();
        foreach (var entity in model.Entities)
        {
            CheckKey(entity, problems);
            CheckKeyReferences(model, entity, problems);
            CheckNames(entity, problems);
            CheckFormerNames(entity, problems);
            foreach (var rows in entity.Types.Select(type => type.Rows).DefaultIfEmpty(entity))
            {
                CheckRows(rows, problems);
            }
        }

        return problems;
    }

    private static void CheckRows(RelocationEntity rows, List<string> problems)
    {
        CheckColumns(rows, problems);
        foreach (var child in rows.Children)
        {
            foreach (var name in child.OwnerFields.Where(name => child.Rows.FindField(name) is null))
            {
                problems.Add($"Member '{child.Name}' of model '{rows.Label}' has no field '{name}' to keep its owner's key in.");
            }

            if (child.HoldsKeys && child.Rows.References.Count != 1)
            {
                problems.Add($"Member '{child.Name}' of model '{rows.Label}' holds keys, and {child.Rows.References.Count} references lead to "
                    + "what they mean. Declare one.");
            }

            CheckNames(child.Rows, problems);
            CheckRows(child.Rows, problems);
        }
    }

    private static void CheckKey(RelocationEntity entity, List<string> problems)
    {
        if (entity.Key.Fields.Count == 0)
        {
            problems.Add($"Model '{entity.Label}' has no primary key. Give it one, or leave the model out.");
        }
        else if (entity.Key.Policy == KeyPolicy.Remap && entity.Key.Kind is RecordKeyKind.Text or RecordKeyKind.Composite)
        {
            problems.Add(
                $"Model '{entity.Label}' has a key of kind {entity.Key.Kind}, for which no new keys can be made. "
                + "Use KeyPolicy.Preserve or KeyPolicy.Compose.");
        }
    }

    /// <summary>Keys that are kept cannot hold references to keys that are not.</summary>
    private static void CheckKeyReferences(RelocationModel model, RelocationEntity entity, List<string> problems)
    {
        foreach (var reference in entity.Key.Policy == KeyPolicy.Preserve ? entity.References : [])
        {
            if (reference.Fields.Any(field => entity.PositionInKey(field) >= 0)
                && model.Entities.FirstOrDefault(target => target.Label == reference.Target) is { Key.Policy: not KeyPolicy.Preserve })
            {
                problems.Add(
                    $"Model '{entity.Label}' keeps its keys, and part of them is reference '{reference.Name}' to '{reference.Target}', whose keys "
                    + "are given anew. Use KeyPolicy.Compose, or KeyPolicy.Preserve for both.");
            }
        }
    }

    private static void CheckColumns(RelocationEntity entity, List<string> problems)
    {
        if (entity.Tables.Count > 0)
        {
            return;
        }

        var columns = entity.Key.Fields.Concat(entity.Fields).GroupBy(field => field.Column, StringComparer.Ordinal);
        foreach (var column in columns.Where(group => group.Count() > 1))
        {
            problems.Add(
                $"Model '{entity.Label}' writes column '{column.Key}' from {column.Count()} fields "
                + $"({string.Join(", ", column.Select(field => field.Name))}). A column has one field.");
        }
    }

    private static void CheckNames(RelocationEntity entity, List<string> problems)
    {
        var wanted = entity.References.SelectMany(reference => reference.Fields.Select(field => (reference.Name, field)))
            .Concat(entity.Uniques.SelectMany(unique => unique.Fields.Select(field => (unique.Name ?? "a unique set", field))))
            .Concat(entity.OrdinalFields.Select(field => ("the ordinal", field)))
            .Concat((entity.ScopeRule?.WhenAnySet ?? []).Select(field => ("the scope rule", field)));
        foreach (var (user, name) in wanted)
        {
            if (entity.FindField(name) is null)
            {
                problems.Add($"Model '{entity.Label}' has no field '{name}', which {user} names.");
            }
        }

        if (entity.ScopeRule?.Follow is { } followed && entity.References.All(reference => reference.Name != followed))
        {
            problems.Add($"Model '{entity.Label}' has no reference '{followed}', which the scope rule follows.");
        }
    }

    /// <summary>What older backups hold must not be mistaken for what the model has.</summary>
    private static void CheckFormerNames(RelocationEntity entity, List<string> problems)
    {
        var fields = entity.Fields.Concat(entity.Key.Fields).ToList();
        foreach (var field in fields)
        {
            foreach (var former in field.FormerNames)
            {
                if (fields.Find(other => other != field && (Meets(other.Name, former) || other.FormerNames.Any(name => Meets(name, former)))) is { } other)
                {
                    problems.Add(
                        $"Model '{entity.Label}' declares '{former}' as a former name of field '{field.Name}', and has it for field "
                        + $"'{other.Name}'. Take one of the two back.");
                }
            }
        }

        foreach (var dropped in entity.DroppedFields)
        {
            if (fields.Find(field => field.AllNames.Any(name => Meets(name, dropped))) is { } known)
            {
                problems.Add(
                    $"Model '{entity.Label}' declares field '{dropped}' as dropped, and has it for field '{known.Name}'. Take one of "
                    + "the two back.");
            }
        }
    }

    /// <summary>Whether two names stand for one member, or one for an object that the other leads into.</summary>
    private static bool Meets(string left, string right) =>
        left == right || left.StartsWith(right + ".", StringComparison.Ordinal) || right.StartsWith(left + ".", StringComparison.Ordinal);
}
