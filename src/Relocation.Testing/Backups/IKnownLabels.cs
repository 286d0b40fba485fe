namespace Relocation.Testing.Backups;

/// <summary>The labels that somebody knows whose records a backup may hold.</summary>
internal interface IKnownLabels
{
    /// <summary>What is known of a label, be it a model's own one or an alias; null where it is not known.</summary>
    public KnownLabel? Find(ModelLabel label);
}
