namespace Relocation.Testing.Generating;

/// <summary>The records of a model that a reference may lead to: all, or those of some types.</summary>
internal sealed class RecordPool
{
    private readonly ModelGenerator _model;
    private readonly List<int>? _offsets;

    internal RecordPool(ModelGenerator model, IReadOnlyList<ModelLabel> types)
    {
        _model = model;
        if (types.Count > 0 && model.Parts.Count > 0)
        {
            // Types take turns, so the records of some of them repeat their places in every round.
            _offsets = [.. Enumerable.Range(0, model.Parts.Count).Where(offset => types.Contains(model.PartOf(offset).Entity.Label))];
        }
    }

    internal ModelGenerator Model => _model;

    /// <summary>How many records there are.</summary>
    internal long Count => CountBefore(_model.Count);

    /// <summary>How many records have a lower number.</summary>
    internal long CountBefore(long number) => _offsets is null
        ? number
        : (number / Round * _offsets.Count) + _offsets.Count(offset => offset < number % Round);

    /// <summary>The number of the record at a place among these.</summary>
    internal long NumberAt(long place) => _offsets is null
        ? place
        : (place / _offsets.Count * Round) + _offsets[(int)(place % _offsets.Count)];

    /// <summary>The place of a record among these, or -1 when it is none of them.</summary>
    internal long PlaceOf(long number) =>
        _offsets is null || _offsets.Contains((int)(number % Round)) ? CountBefore(number) : -1;

    private int Round => _model.Parts.Count;
}
