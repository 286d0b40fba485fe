using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Importing.Reading;

/// <summary>Counts the elements that are not written, since the row that their record stands for keeps what it has.</summary>
internal sealed class KeptElements(RowReader owners) : MemberWalker
{
    private readonly Dictionary<ChildLayout, ElementCounts> _counts =
        owners.WithChildren.SelectMany(reader => reader.Children).ToDictionary(child => child.Layout, child => child.Counts);

    protected override void Visit(ChildLayout child, ref FieldReader element)
    {
        _counts[child].OfExisting++;
        base.Visit(child, ref element);
    }
}
