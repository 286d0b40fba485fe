using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Records;

/// <summary>Walks over the fields of rows, and over what is in members that become rows of their own.</summary>
internal abstract class MemberWalker
{
    private readonly Dictionary<EntityLayout, NameGuess[]> _guesses = [];

    /// <summary>Walks over the JSON of a row.</summary>
    internal void Walk(EntityLayout rows, ReadOnlySpan<byte> json) =>
        Walk(rows, rows.Root, _guesses.TryGetValue(rows, out var known) ? known : _guesses[rows] = rows.NewGuesses(), json);

    /// <summary>A column's value is read.</summary>
    protected virtual void Visit(EntityLayout rows, int column, ref FieldReader value)
    {
    }

    /// <summary>An element of a member is read: one of a list, or the only one.</summary>
    protected virtual void Visit(ChildLayout child, ref FieldReader element)
    {
        if (element.Kind == JsonToken.Object)
        {
            Walk(child.Rows, element.Value);
        }
    }

    private void Walk(EntityLayout rows, FieldNode node, NameGuess[] guesses, ReadOnlySpan<byte> json)
    {
        var reader = new FieldReader(json);
        while (reader.Read())
        {
            if (!node.TryFind(reader.Name, reader.NameIsEscaped, guesses[node.Id], out var member, out var nested))
            {
                continue;
            }

            if (nested is not null && reader.Kind == JsonToken.Object)
            {
                Walk(rows, nested, guesses, reader.Value);
            }
            else if (nested is null && member >= rows.FirstChild)
            {
                WalkMember(rows.Children[member - rows.FirstChild], ref reader);
            }
            else if (nested is null && rows.ColumnOf(member) is >= 0 and var column)
            {
                Visit(rows, column, ref reader);
            }
        }
    }

    private void WalkMember(ChildLayout child, ref FieldReader member)
    {
        if (child.Child.IsSingle && member.Kind == JsonToken.Object)
        {
            Visit(child, ref member);
        }

        if (child.Child.IsSingle || member.Kind != JsonToken.Array)
        {
            return;
        }

        var elements = new FieldReader(member.Value);
        while (elements.ReadElement())
        {
            Visit(child, ref elements);
        }
    }
}
