namespace Relocation.Testing.Importing.Rules;

/// <summary>Where a <see cref="RecordSelection"/> has its records from.</summary>
internal interface IChoosableRecords
{
    /// <summary>The records of a model that nothing has left out yet, in the order of the backup; none for an unknown model.</summary>
    public IEnumerable<SelectedRecord> Of(ModelLabel model);

    /// <summary>Takes note of a value that records are taken by and that none has.</summary>
    /// <param name="model">The records' model.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="found">The values that records have.</param>
    public void NoteUnmatched(ModelLabel model, string field, string value, IReadOnlyCollection<string> found);

    /// <summary>Takes note of what a rule has found.</summary>
    public void Note(ImportFinding finding);
}
