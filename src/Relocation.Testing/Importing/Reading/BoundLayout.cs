using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Reading;

/// <summary>What can be known of one model's rows before the first of its records is read.</summary>
internal sealed class BoundLayout
{
    private readonly RelocationEntity _entity;
    private readonly KeyTable? _keepsReferences;

    internal BoundLayout(EntityLayout layout, KeyTable table, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        _entity = layout.Entity;
        _keepsReferences = context.Options.KeepReferences && !layout.IsOfChild ? table : null;
        Columns = new ColumnState[layout.Columns.Length];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = new ColumnState(layout.Columns[i], i, i < layout.KeyKinds.Length ? i : -1);
            if (layout.Columns[i].MayHoldJsonInText && !context.Noted.JsonTexts.AreJson)
            {
                Columns[i].AsRead = layout.Columns[i] with { Encoding = FieldEncoding.Native };
            }
        }

        References = new ReferenceState[layout.References.Length];
        for (var i = 0; i < References.Length; i++)
        {
            References[i] = Bind(layout.References[i], context, cuts);
        }
    }

    /// <summary>The columns of the rows: the key's, then the fields'.</summary>
    internal ColumnState[] Columns { get; }

    internal ReferenceState[] References { get; }

    /// <summary>Keeps the old keys that the references of the record just read hold, where a snapshot is to show them.</summary>
    internal void KeepReferences(int rank)
    {
        foreach (var reference in _keepsReferences is null ? [] : References)
        {
            reference.Kept!.OldKeys[rank] = reference.ShownKey();
        }
    }

    private ReferenceState Bind(ReferenceLayout layout, ImportContext context, IReadOnlyCollection<RelocationReference> cuts)
    {
        var reference = layout.Reference;
        var target = context.Tables.Find(reference.Target);
        var policy = reference.OnUnresolved ?? context.Options.UnresolvedReferences;
        var state = new ReferenceState(_entity, reference, target, policy);
        state.Kept = _keepsReferences?.Show(reference.Name, reference.Target);

        if (layout.Columns is [>= 0 and var only] && Columns[only].KeyPart < 0
            && target is { CountsUp: true } && state.LeadsToAnyKey && !layout.IsShared && !cuts.Contains(reference)
            && Columns[only].Field.Limits.Most >= target.Entity.Key.Fields[0].Limits.Most)
        {
            state.Columns = [Columns[only]];
            state.IsPlain = true;
            Columns[only].Plain = state;
            return state;
        }

        var written = new List<ColumnState>(layout.Columns.Length);
        for (var part = 0; part < layout.Columns.Length; part++)
        {
            if (layout.Columns[part] is >= 0 and var index)
            {
                written.Add(Columns[index]);
                Columns[index].AddPart(state, part);
            }
        }

        state.Columns = written;
        return state;
    }
}
