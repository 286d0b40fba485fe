namespace Relocation.Testing.Backups;

/// <summary>Where the parts of a record stand, relative to the text that was scanned.</summary>
internal struct RecordShape
{
    /// <summary>The values of <c>model</c>, <c>pk</c> and <c>fields</c>; empty while they have not been met.</summary>
    internal Range Model;
    internal Range Key;
    internal Range Fields;

    /// <summary>Whether a member is missing, doubled, mistyped or unknown, or whether a limit is passed.</summary>
    internal bool IsDefective;

    internal readonly bool HasModel => !Model.Equals(default);

    internal readonly bool HasKey => !Key.Equals(default);

    internal readonly bool HasFields => !Fields.Equals(default);

    /// <summary>Makes the ranges relative to a position in the text instead of its start.</summary>
    internal void MoveBack(int position)
    {
        Model = (Model.Start.Value - position)..(Model.End.Value - position);
        Key = (Key.Start.Value - position)..(Key.End.Value - position);
        Fields = (Fields.Start.Value - position)..(Fields.End.Value - position);
    }
}
