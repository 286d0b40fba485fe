using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Inspecting;

/// <summary>A member of <c>fields</c>, compared with an entity.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Kind">Its meaning in the model.</param>
/// <param name="Fields">The fields that it contains; several if it is an object.</param>
/// <param name="NearMisses">Fields that an unknown one resembles.</param>
internal sealed record FieldMatch(
    string Member, FieldMatchKind Kind, IReadOnlyList<RelocationField> Fields, IReadOnlyList<string> NearMisses)
{
    internal static FieldMatch Of(string member, RelocationEntity entity)
    {
        var fields = entity.Fields.Where(field => field.IsInBackup).Concat(entity.Key.Fields).ToList();
        if (entity.Children.Concat(entity.Types.SelectMany(type => type.Rows.Children)).Any(child => child.Aliases.Prepend(child.Name).Any(name => LeadsTo(member, name))))
        {
            return new FieldMatch(member, FieldMatchKind.Known, [], []);
        }

        var known = fields.Where(field => field.Aliases.Prepend(field.Name).Any(name => LeadsTo(member, name))).ToList();
        var renamed = fields.Where(field => field.FormerNames.Any(name => LeadsTo(member, name))).ToList();
        return (known.Count, renamed.Count) switch
        {
            ( > 0, _) => new FieldMatch(member, FieldMatchKind.Known, known, []),
            (_, > 0) => new FieldMatch(member, FieldMatchKind.Renamed, renamed, []),
            _ when entity.DroppedFields.Any(name => LeadsTo(member, name)) => new FieldMatch(member, FieldMatchKind.Dropped, [], []),
            _ => new FieldMatch(member, FieldMatchKind.Unknown, [], entity.NearestFields(member)),
        };
    }

    /// <summary>An unknown member within an object.</summary>
    /// <param name="path">The names that lead to it, with dots between.</param>
    /// <param name="names">The known members of the object.</param>
    /// <param name="entity">The entity.</param>
    internal static FieldMatch Within(string path, IEnumerable<string> names, RelocationEntity entity) => entity.DroppedFields.Contains(path)
        ? new FieldMatch(path, FieldMatchKind.Dropped, [], [])
        : new FieldMatch(path, FieldMatchKind.Unknown, [], NearMiss.Of(path[(path.LastIndexOf('.') + 1)..], names));

    /// <summary>Whether a member is the named one, or an object that the name leads into.</summary>
    private static bool LeadsTo(string member, string name) =>
        name == member || name.StartsWith(member + ".", StringComparison.Ordinal);
}
