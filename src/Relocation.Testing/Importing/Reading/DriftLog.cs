using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Counts the fields that records of one model have and the model does not, unknown ones and declared ones.</summary>
internal sealed class DriftLog(EntityLayout layout)
{
    private const int LongestName = 128;

    private readonly Dictionary<int, Dictionary<string, UnknownField>> _unknown = [];
    private readonly long[] _applied = new long[layout.Rules.Count];
    private readonly PlaceRequest[] _first = new PlaceRequest[layout.Rules.Count];

    internal IEnumerable<CountedField> Unknown =>
        _unknown.Values.SelectMany(fields => fields.Values).Where(unknown => unknown.First is not null)
            .Select(unknown => new CountedField(unknown.Path, unknown.Records, unknown.First!.Value));

    internal bool HasUnknown => _unknown.Count > 0 && Unknown.Any();

    /// <summary>Whether a rule was applied.</summary>
    internal bool HasApplied => Array.Exists(_applied, records => records > 0);

    /// <summary>The rules that were applied.</summary>
    internal IEnumerable<AppliedRule> Applied =>
        layout.Rules.Select((rule, index) => new AppliedRule(rule, _applied[index], _first[index])).Where(rule => rule.Records > 0);

    /// <summary>Counts a member that the model does not know; true when it is the first of its name there, which <see cref="FirstAt(FieldNode, ref FieldReader, string, PlaceRequest?)"/> takes.</summary>
    /// <param name="node">The object that the member is in.</param>
    /// <param name="member">The member.</param>
    internal bool CountsFirst(FieldNode node, ref FieldReader member)
    {
        Span<char> name = stackalloc char[LongestName];
        if (member.NameIsEscaped || member.Name.Length > LongestName)
        {
            name = JsonText.ToText(member.Name).ToCharArray();
        }
        else
        {
            name = name[..Encoding.UTF8.GetChars(member.Name, name)];
        }

        if (!_unknown.TryGetValue(node.Id, out var fields))
        {
            _unknown.Add(node.Id, fields = new Dictionary<string, UnknownField>(StringComparer.Ordinal));
        }

        if (!fields.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            return true;
        }

        known.Records++;
        return false;
    }

    /// <summary>Notes the first of the members of one name.</summary>
    /// <param name="node">The object that the member is in.</param>
    /// <param name="member">The member.</param>
    /// <param name="path">Its name, after those of the objects that it is in.</param>
    /// <param name="place">Its place; null when such members are to be ignored.</param>
    internal void FirstAt(FieldNode node, ref FieldReader member, string path, PlaceRequest? place) =>
        _unknown[node.Id].Add(JsonText.ToText(member.Name), new UnknownField { Path = path, First = place, Records = 1 });

    /// <summary>Counts a rule's application; true when it is the first, whose place <c>FirstAt</c> takes.</summary>
    internal bool CountsFirst(int member) => _applied[member - layout.Columns.Length]++ == 0;

    internal void FirstAt(int member, PlaceRequest place) => _first[member - layout.Columns.Length] = place;

    private sealed class UnknownField
    {
        internal required string Path { get; init; }

        internal PlaceRequest? First { get; init; }

        internal long Records { get; set; }
    }
}
