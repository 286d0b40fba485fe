using System.Globalization;
using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Planning;

/// <summary>Draws the graph of dependencies as a Mermaid flowchart.</summary>
internal static class DependencyDrawing
{
    internal static string Of(RelocationModel model)
    {
        var text = new StringBuilder("flowchart LR\n");
        var names = model.Entities.Select((entity, index) => (entity.Label, Name: string.Create(CultureInfo.InvariantCulture, $"m{index}")))
            .ToDictionary(pair => pair.Label, pair => pair.Name);
        var groups = model.Entities.GroupBy(DependencyText.Scopes).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph s{i}[\"{Escaped(groups[i].Key)}\"]\n");
            foreach (var entity in groups[i])
            {
                text.Append(CultureInfo.InvariantCulture, $"    {names[entity.Label]}[\"{Escaped(entity.Label.Value)}\"]\n");
            }

            text.Append("  end\n");
        }

        var cuts = new List<int>();
        var arrows = 0;
        foreach (var entity in model.Entities)
        {
            foreach (var (target, label, isDotted, isCut) in Arrows(model, entity))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {names[entity.Label]} {(isDotted ? "-." : "--")}\"{Escaped(label)}\"{(isDotted ? ".->" : "-->")} {names[target]}\n");
                if (isCut)
                {
                    cuts.Add(arrows);
                }

                arrows++;
            }
        }

        if (cuts.Count > 0)
        {
            text.Append("  linkStyle ").AppendJoin(',', cuts).Append(" stroke:#c00,color:#c00\n");
        }

        return text.ToString();
    }

    /// <summary>One arrow for all references of a model to another that are drawn alike.</summary>
    private static IEnumerable<(ModelLabel Target, string Label, bool IsDotted, bool IsCut)> Arrows(RelocationModel model, RelocationEntity entity)
    {
        var cuts = ImportPlan.For(model).Find(entity.Label)!.Cuts;
        var references = entity.AllReferences().Where(reference => model.Find(reference.Target) is not null)
            .OrderBy(reference => reference.Name, StringComparer.Ordinal)
            .Select(reference => (
                Target: model.Find(reference.Target)!.Label,
                Label: reference.Name,
                IsDotted: Dangling.IsNullable(entity, reference),
                Cut: cuts.FirstOrDefault(cut => cut.Reference == reference)));
        foreach (var group in references.GroupBy(reference => (reference.Target, reference.IsDotted, reference.Cut?.Kind)).OrderBy(group => group.Key.Target))
        {
            var label = string.Join(", ", group.Select(reference => reference.Label));
            yield return (group.Key.Target, group.Key.Kind is { } kind ? $"{label} (cut: {InWords(kind)})" : label, group.Key.IsDotted, group.Key.Kind is not null);
        }

        foreach (var dependency in entity.Dependencies.Select(model.Find).OfType<RelocationEntity>().Where(target => target != entity).OrderBy(target => target.Label))
        {
            yield return (dependency.Label, "declared", true, false);
        }
    }

    private static string InWords(CutKind kind) => kind switch
    {
        CutKind.FilledInLater => "filled in later",
        CutKind.Deferred => "checked at the commit",
        CutKind.WrittenLater => "written later",
        CutKind.WithinModel => "within the model",
        _ => "not enforced",
    };

    /// <summary>Mermaid's quoted text takes anything but quotes.</summary>
    private static string Escaped(string text) => ShownText.Of(text).Replace("\"", "#quot;", StringComparison.Ordinal);
}
