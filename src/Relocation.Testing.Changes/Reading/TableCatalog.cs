using System.Runtime.CompilerServices;
using Relocation.Testing.Planning;
using Relocation.Testing.Resetting;
using Relocation.Testing.Values;

namespace Relocation.Testing.Reading;

/// <summary>Which models have rows in which tables.</summary>
internal sealed class TableCatalog
{
    private static readonly ConditionalWeakTable<RelocationModel, TableCatalog> Catalogs = [];

    private readonly RelocationModel _model;
    private readonly List<(string Name, RelocationEntity Owner, EntityLayout Rows, TablePart Part, RelocationChild? Child, ModelLabel? Parent)> _parts = [];

    private TableCatalog(RelocationModel model)
    {
        _model = model;
        var layouts = LayoutSet.Of(model);
        foreach (var entity in model.Entities)
        {
            foreach (var layout in layouts.Of(entity))
            {
                _parts.AddRange(layout.Parts.Select(part => (entity.Label.Value, entity, layout, part, (RelocationChild?)null, (ModelLabel?)null)));
            }
        }

        foreach (var entity in model.Entities)
        {
            foreach (var layout in layouts.Of(entity))
            {
                AddChildren(entity.Label.Value, entity, layout, entity.Label);
            }
        }
    }

    internal static TableCatalog Of(RelocationModel model) => Catalogs.GetValue(model, static each => new TableCatalog(each));

    /// <summary>What the rows of a table are to the model: records of it first, else what a record owns, else rows of the table.</summary>
    internal RecordTable Describe(TouchedTable touched, DatabaseEngine engine, string? defaultSchema)
    {
        var names = engine.Schema.TableNames;
        var parts = _parts.FindAll(part => names.Equals(part.Part.Name, touched.Name)
            && (!engine.Schema.HasSchemas || (part.Part.Schema ?? defaultSchema) == touched.Schema));
        parts = parts.Exists(part => part.Child is null) ? parts.FindAll(part => part.Child is null) : parts;
        var references = parts.SelectMany(part => ReferencesOf(part.Rows, part.Child, part.Parent)).ToList();
        var columns = touched.Columns.Select(column => Column(column, touched, parts.Select(part => part.Part), references, names)).ToArray();
        int Place(string field) => Array.FindIndex(columns, column => column.Field?.Name == field);
        var found = references.Select(reference => new TableReference(
                reference.Name, [.. reference.Fields.Select(Place)], _model.Find(reference.Target)?.Label ?? reference.Target))
            .Where(reference => Array.TrueForAll(reference.Columns, column => column >= 0))
            .DistinctBy(reference => (reference.Name, string.Join(',', reference.Columns))).ToArray();
        var isOfRecords = parts.Count > 0 && parts[0].Child is null;
        return new RecordTable
        {
            Name = parts.Count > 0 ? parts[0].Name : touched.Schema == defaultSchema || touched.Schema is null ? touched.Name : $"{touched.Schema}.{touched.Name}",
            Label = parts.Count > 0 ? parts[0].Owner.Label : default,
            IsOfRecords = isOfRecords,
            IsFirst = parts.Count == 0 || parts.Exists(part => part.Rows.Parts[0] == part.Part),
            Columns = columns,
            Key = KeyOf(touched, columns, isOfRecords ? parts[0].Owner : null, names),
            References = found,
            Numbers = [.. parts.Select(part => part.Child?.Number).OfType<string>().Select(Place).Where(place => place >= 0)],
        };
    }

    /// <summary>The key's columns, in the order in which the pk map has them.</summary>
    private static int[] KeyOf(TouchedTable touched, TableColumn[] columns, RelocationEntity? entity, StringComparer names)
    {
        int[] key = [.. touched.Key.Select(name => Array.FindIndex(columns, column => names.Equals(column.Column, name)))];
        int[] mapped = entity is null ? [] : [.. entity.Key.Fields.Select(field => Array.FindIndex(columns, column => column.Field?.Name == field.Name))];
        return key.Length == mapped.Length && mapped.All(key.Contains) ? mapped : key;
    }

    private static TableColumn Column(
        string name, TouchedTable touched, IEnumerable<TablePart> parts, List<RelocationReference> references, StringComparer names)
    {
        var field = parts.SelectMany(part => part.Columns).FirstOrDefault(column => names.Equals(column.Column, name));
        if (field is null)
        {
            return new TableColumn(name, name, null, null);
        }

        var isKey = touched.Key.Contains(name, names) || references.Exists(reference => reference.Fields.Contains(field.Name));
        return new TableColumn(field.Name, name, field, new FieldWriter(field, isKey, MomentText.Microseconds));
    }

    /// <summary>References to records by their keys, and from rows that a record owns to their owner.</summary>
    private static IEnumerable<RelocationReference> ReferencesOf(EntityLayout rows, RelocationChild? child, ModelLabel? parent)
    {
        var references = rows.Entity.References.Where(reference => reference.TargetFields.Count == 0);
        return child is not null && parent is { } owner && !references.Any(reference => reference.Fields.SequenceEqual(child.OwnerFields))
            ? references.Prepend(new RelocationReference { Name = owner.Model, Fields = child.OwnerFields, Target = owner })
            : references;
    }

    private void AddChildren(string name, RelocationEntity owner, EntityLayout layout, ModelLabel? parent)
    {
        foreach (var child in layout.Children)
        {
            var path = $"{name}.{child.Child.Name}";
            _parts.AddRange(child.Rows.Parts.Select(part => (path, owner, child.Rows, part, (RelocationChild?)child.Child, parent)));
            AddChildren(path, owner, child.Rows, null);
        }
    }
}
