namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Which models' records are persons, and which belong to one: an order to its customer, its lines to the order.</summary>
internal sealed class PersonLinks
{
    private readonly Dictionary<ModelLabel, PersonLink> _links = [];
    private readonly HashSet<ModelLabel> _tellingOfPersons = [];

    private PersonLinks()
    {
    }

    internal static PersonLinks Of(RelocationModel model)
    {
        var links = new PersonLinks();
        foreach (var entity in model.Entities)
        {
            if (PersonalModels.IsPerson(entity))
            {
                links._links.Add(entity.Label, new PersonLink(null));
            }

            if (PersonalModels.IsNamedLikePerson(entity) || PersonalModels.HasPersonalField(entity))
            {
                links._tellingOfPersons.Add(entity.Label);
            }
        }

        links.JoinHalves(model);
        links.Follow(model);

        // An order names its recipient; it is the customer's where it has one.
        links.AddUnlinked(model, PersonalModels.NamesPerson);
        links.Follow(model);

        // What belongs to nobody that is known is somebody's of its own: an address, an account.
        links.AddUnlinked(model, PersonalModels.HasPersonalField);
        return links;
    }

    /// <summary>Which person a model's records belong to; null when they belong to none.</summary>
    internal PersonLink? Find(ModelLabel model) => _links.GetValueOrDefault(model);

    /// <summary>Whether a model has a person's field, or says that it is one.</summary>
    internal bool TellsOfPerson(RelocationEntity entity) => _tellingOfPersons.Contains(entity.Label);

    /// <summary>Whether dates of two persons may be moved by different offsets: not where they have to differ in the table.</summary>
    internal bool MoveApart(RelocationEntity entity)
    {
        var own = Find(entity.Label)?.Reference?.Fields ?? [];
        return entity.Uniques.Select(unique => unique.Fields).Append([.. entity.Key.Fields.Select(field => field.Name)])
            .All(fields => !fields.Any(name => IsDate(entity.FindField(name))) || (own.Count > 0 && own.All(fields.Contains)));
    }

    private static bool IsDate(RelocationField? field) => field?.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant;

    private void AddUnlinked(RelocationModel model, Func<RelocationEntity, bool> isOfPerson)
    {
        foreach (var entity in model.Entities.Where(isOfPerson))
        {
            _links.TryAdd(entity.Label, new PersonLink(null));
        }
    }

    /// <summary>Two models that share a person one to one, such as a user and a profile, are one person.</summary>
    private void JoinHalves(RelocationModel model)
    {
        foreach (var entity in model.Entities.Where(entity => _links.ContainsKey(entity.Label)))
        {
            var other = Candidates(model, entity).FirstOrDefault(reference => _links.ContainsKey(reference.Target) && IsOneToOne(entity, reference));
            if (other is not null && !LeadsTo(other.Target, entity.Label))
            {
                _links[entity.Label] = new PersonLink(other);
            }
        }
    }

    /// <summary>From persons outwards, so that every record belongs to the nearest one.</summary>
    private void Follow(RelocationModel model)
    {
        while (true)
        {
            var found = new Dictionary<ModelLabel, PersonLink>();
            foreach (var entity in model.Entities.Where(entity => !_links.ContainsKey(entity.Label)))
            {
                var nearest = Candidates(model, entity).Where(reference => _links.ContainsKey(reference.Target))
                    .OrderBy(reference => reference.Fields.Any(name => entity.FindField(name)?.IsNullable == true)).FirstOrDefault();
                if (nearest is not null)
                {
                    found.Add(entity.Label, new PersonLink(nearest));
                }
            }

            if (found.Count == 0)
            {
                return;
            }

            foreach (var (label, link) in found)
            {
                _links.Add(label, link);
            }
        }
    }

    private bool LeadsTo(ModelLabel from, ModelLabel label)
    {
        for (ModelLabel? at = from; at is { } here; at = _links.GetValueOrDefault(here)?.Target)
        {
            if (here == label)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<RelocationReference> Candidates(RelocationModel model, RelocationEntity entity) =>
        entity.References.Where(reference => reference.Target != entity.Label && reference.TargetFields.Count == 0 && model.Find(reference.Target)?.Label == reference.Target);

    private static bool IsOneToOne(RelocationEntity entity, RelocationReference reference) =>
        entity.Key.Fields.Select(field => field.Name).SequenceEqual(reference.Fields)
        || entity.Uniques.Any(unique => unique.Condition is null && unique.Fields.Count == reference.Fields.Count && unique.Fields.All(reference.Fields.Contains));
}
