namespace Relocation.Testing.Sanitizing.Replacing;

/// <summary>The words that names are made of.</summary>
internal static class Words
{
    internal static readonly string[] First =
    [
        "Big", "Coy", "Dry", "Fit", "Hot", "Icy", "Joy", "Key", "Low", "New", "Odd", "Raw", "Shy", "Sly", "Tan", "Wry",
        "Able", "Bold", "Calm", "Deft", "Easy", "Fair", "Glad", "Hale", "Iron", "Jade", "Keen", "Lime", "Mild", "Neat", "Opal", "Pink", "Real", "Slim", "Tidy", "Warm",
        "Alert", "Brisk", "Civil", "Dapper", "Eager", "Fresh", "Grand", "Happy", "Ideal", "Jolly", "Kind", "Loyal", "Merry", "Noble", "Olive", "Proud", "Quick", "Rosy",
        "Smart", "Tough", "Upbeat", "Vivid", "Witty", "Young", "Zesty", "Amber", "Bright", "Clever", "Devout", "Exotic", "Frank", "Gentle", "Honest", "Lively", "Mellow",
        "Nimble", "Polite", "Quaint", "Robust", "Serene", "Tender", "Useful", "Violet", "Wise", "Ample", "Balanced", "Careful", "Diligent", "Earnest", "Faithful",
        "Graceful", "Hopeful", "Jovial", "Magical", "Modest", "Patient", "Radiant", "Sincere", "Tranquil", "Valiant", "Watchful",
    ];

    internal static readonly string[] Second =
    [
        "Ant", "Ape", "Asp", "Bat", "Bee", "Cat", "Cow", "Cub", "Dog", "Eel", "Elk", "Emu", "Ewe", "Fly", "Fox", "Gnu", "Hen", "Jay", "Owl", "Pig", "Pug", "Ram", "Rat",
        "Bear", "Boar", "Buck", "Calf", "Carp", "Clam", "Crab", "Crow", "Deer", "Dove", "Duck", "Fawn", "Frog", "Goat", "Gull", "Hare", "Hawk", "Ibex", "Lamb", "Lark",
        "Lion", "Lynx", "Mole", "Moth", "Mule", "Newt", "Oryx", "Puma", "Seal", "Slug", "Swan", "Toad", "Vole", "Wasp", "Wolf", "Wren", "Yak", "Bison", "Camel",
        "Cobra", "Crane", "Egret", "Finch", "Gecko", "Goose", "Heron", "Hippo", "Horse", "Hyena", "Koala", "Lemur", "Llama", "Macaw", "Moose", "Mouse", "Okapi", "Otter",
        "Panda", "Perch", "Quail", "Raven", "Robin", "Shark", "Skunk", "Sloth", "Snail", "Snake", "Squid", "Stork", "Tapir", "Tiger", "Trout", "Viper", "Whale", "Zebra",
        "Badger", "Beaver", "Condor", "Cougar", "Coyote", "Donkey", "Falcon", "Ferret", "Gibbon", "Jaguar", "Magpie", "Marmot", "Ocelot", "Parrot", "Pigeon", "Rabbit",
        "Salmon", "Spider", "Toucan", "Turtle", "Walrus", "Weasel", "Wombat", "Buffalo", "Dolphin", "Gazelle", "Giraffe", "Hamster", "Leopard", "Lobster", "Octopus",
        "Ostrich", "Panther", "Peacock", "Pelican", "Penguin", "Raccoon", "Sparrow", "Vulture", "Antelope", "Chipmunk", "Flamingo", "Hedgehog", "Kangaroo", "Mongoose",
        "Platypus", "Reindeer", "Squirrel", "Starling",
    ];
}
