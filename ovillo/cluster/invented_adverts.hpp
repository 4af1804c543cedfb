// Test fixture: invented adverts in which everybody uses the same stock phrases.
//
// Independents draw their own choice and order of phrases; a hand draws once and fills the free
// places anew in every advert. Phone numbers are from the range Ofcom keeps for drama.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/rng.hpp"

namespace ovillo::cluster::invented {

/// Phrases by subject; "|" parts the variants. {n} name, {p} place, {#} number, {f} phone.
using Language = std::array<std::string_view, 26>;

inline constexpr std::array<Language, 5> kLanguages{{
    {"hola a todos|buenas tardes|hola caballeros",
     "soy {n}|mi nombre es {n}|me llamo {n}",
     "tengo {#} añitos|{#} años recién cumplidos",
     "recién llegada a {p}|primera vez en {p}|vuelvo a {p}",
     "solo esta semana|hasta el viernes|unos pocos días",
     "piso privado y discreto|apartamento nuevo|ático con vistas",
     "a dos minutos del metro|cerca del mercado|barrio tranquilo",
     "de {#} a {#} horas|todos los días|tardes y noches",
     "pide cita antes|con reserva|llama una hora antes",
     "media hora {#}|hora completa {#}|desde {#} euros",
     "llámame al {f}|whatsapp {f}|mi móvil es {f}",
     "números ocultos no|no contesto mensajes",
     "ambiente tranquilo|trato cercano|sin ninguna prisa",
     "se puede aparcar en la calle|parking en el edificio",
     "hablo italiano e inglés|entiendo francés|solo español",
     "efectivo o bizum|acepto tarjetas",
     "voy a hoteles|visito a domicilio|solo recibo",
     "todas las fotos son mías|fotos de este mes",
     "me gusta conversar|sé escuchar|adoro reír",
     "ojos verdes|pelo castaño largo|alta y morena",
     "con jardín pequeño|con balcón al patio|ascensor hasta la puerta",
     "agua y café incluidos|toallas limpias siempre|ducha amplia",
     "lunes cerrado|domingos descanso|agosto abierto",
     "mándame tu nombre primero|di dónde viste el anuncio|sé puntual por favor",
     "precio fijo sin regateos|abono para habituales|primera visita reducida",
     "no bebo ni fumo|casa sin humo|tengo un gato"},
    {"olá a todos|boa tarde amigos|viva",
     "sou a {n}|o meu nome é {n}|chamo me {n}",
     "{#} anos feitos|tenho {#} aninhos",
     "cheguei agora a {p}|primeira vez em {p}|de volta a {p}",
     "só esta semana|até sexta|poucos dias apenas",
     "apartamento privado e discreto|casa nova|estúdio moderno",
     "ao lado do metro|perto do mercado|bairro sossegado",
     "das {#} às {#} horas|todos os dias|tardes e noites",
     "marca primeiro|com reserva|liga uma hora antes",
     "meia hora {#}|hora completa {#}|desde {#} euros",
     "liga {f}|whatsapp {f}|o meu telemóvel é {f}",
     "números privados não|não respondo a mensagens",
     "ambiente calmo|simpatia e sossego|sem pressas",
     "estacionamento na rua|garagem no prédio",
     "falo italiano e inglês|percebo francês|só português",
     "dinheiro ou mbway|aceito cartões",
     "vou a hotéis|visito em casa|só recebo",
     "todas as fotos são minhas|fotos deste mês",
     "gosto de conversar|sei ouvir|adoro rir",
     "olhos verdes|cabelo castanho comprido|alta e morena",
     "com jardim pequeno|com varanda para o pátio|elevador até à porta",
     "água e café incluídos|toalhas limpas sempre|duche amplo",
     "fechado à segunda|domingos descanso|agosto aberto",
     "diz o teu nome primeiro|diz onde viste o anúncio|sê pontual por favor",
     "preço fixo sem regateio|desconto para habituais|primeira visita reduzida",
     "não bebo nem fumo|casa sem fumo|tenho um gato"},
    {"hello everyone|good afternoon|hi gentlemen",
     "i am {n}|the name is {n}|people call me {n}",
     "just turned {#}|age {#}",
     "first time in {p}|back in {p}|now in {p}",
     "this week only|until friday|a few days",
     "private and discreet flat|brand new apartment|top floor studio",
     "two minutes from the tube|close to the market|quiet street",
     "between {#} and {#}|every day|afternoons and nights",
     "please book first|with reservation|ring one hour before",
     "half hour {#}|full hour {#}|from {#} pounds",
     "ring me on {f}|whatsapp {f}|my mobile is {f}",
     "hidden numbers are not answered|i do not read texts",
     "calm atmosphere|kind and patient|never in a hurry",
     "street parking available|garage in the building",
     "italian and english spoken|some french|english only",
     "cash or transfer|cards are fine",
     "i visit hotels|home visits too|only at my place",
     "every photo is mine|photos of this month",
     "i like to talk|a good listener|i love to laugh",
     "green eyes|long brown hair|tall brunette",
     "small garden|balcony over the yard|lift to the door",
     "water and coffee included|clean towels always|large shower",
     "closed on monday|sundays off|open in august",
     "send your name first|say where you saw this|be on time please",
     "fixed price no haggling|discount for regulars|first visit reduced",
     "no drinks no smoke|smoke free home|i have a cat"},
    {"bonjour à tous|bonsoir messieurs|coucou les amis",
     "je m appelle {n}|moi c est {n}|mon nom est {n}",
     "j ai {#} ans tout juste|{#} ans",
     "première fois à {p}|de retour à {p}|arrivée hier à {p}",
     "cette semaine seulement|jusqu à vendredi|quelques jours",
     "appartement privé et discret|logement neuf|studio sous les toits",
     "à deux minutes du métro|près du marché|rue tranquille",
     "entre {#} et {#} heures|tous les jours|après midi et soir",
     "réservez avant|avec réservation|appelez une heure avant",
     "demi heure {#}|heure complète {#}|à partir de {#} euros",
     "appelez le {f}|whatsapp {f}|mon portable {f}",
     "numéros cachés refusés|je ne lis pas les messages",
     "ambiance calme|douceur et patience|jamais pressée",
     "on se gare dans la rue|garage dans l immeuble",
     "je parle italien et anglais|un peu d espagnol|français seulement",
     "espèces ou virement|cartes bienvenues",
     "je vais à l hôtel|je viens chez vous|je reçois seulement",
     "toutes les photos sont de moi|photos de ce mois",
     "j aime parler|je sais écouter|j adore rire",
     "yeux verts|longs cheveux bruns|grande brune",
     "petit jardin|balcon sur cour|ascenseur jusqu à la porte",
     "eau et café compris|serviettes propres toujours|grande douche",
     "fermé le lundi|dimanche repos|ouvert en août",
     "dites votre prénom d abord|dites où vous avez lu ceci|soyez à l heure",
     "prix fixe sans marchander|remise aux habitués|première visite réduite",
     "ni alcool ni tabac|maison sans fumée|j ai un chat"},
    {"hallo allemaal|goeiemiddag|dag heren",
     "ik heet {n}|de naam is {n}|zeg maar {n}",
     "net {#} geworden|leeftijd {#}",
     "eerste keer in {p}|terug in {p}|sinds gisteren in {p}",
     "alleen deze week|tot vrijdag|enkele dagen",
     "privé en discreet appartement|gloednieuw huis|studio op zolder",
     "twee minuten van de metro|bij de markt|stille straat",
     "tussen {#} en {#} uur|elke dag|namiddag en avond",
     "eerst reserveren|met afspraak|bel een uur vooraf",
     "half uur {#}|vol uur {#}|vanaf {#} euro",
     "bel me op {f}|whatsapp {f}|mijn gsm is {f}",
     "verborgen nummers niet|ik lees geen berichten",
     "kalme sfeer|lief en geduldig|nooit gehaast",
     "parkeren kan in de straat|garage in het gebouw",
     "ik spreek italiaans en engels|wat frans|enkel nederlands",
     "cash of overschrijving|kaarten zijn goed",
     "ik bezoek hotels|ook bij jou thuis|enkel bij mij",
     "alle foto s zijn van mij|foto s van deze maand",
     "ik praat graag|ik kan luisteren|ik lach graag",
     "groene ogen|lang bruin haar|groot en donker",
     "kleine tuin|balkon op de binnenplaats|lift tot aan de deur",
     "water en koffie inbegrepen|altijd schone handdoeken|ruime douche",
     "maandag gesloten|zondag rust|augustus open",
     "stuur eerst je naam|zeg waar je dit las|wees op tijd graag",
     "vaste prijs niet afdingen|korting voor vaste klanten|eerste bezoek goedkoper",
     "geen drank geen rook|rookvrij huis|ik heb een kat"},
}};

inline constexpr std::array<std::string_view, 12> kNames{"Iria",   "Noor", "Tessa", "Mireia",
                                                         "Ondine", "Fia",  "Salma", "Greta",
                                                         "Ilka",   "Yara", "Duna",  "Vera"};
inline constexpr std::array<std::string_view, 10> kPlaces{
    "Gent", "Vigo", "Brest", "Faro", "Leeds", "Namur", "Breda", "Cork", "Cadiz", "Coimbra"};

inline std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = text.find(mark);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

/// `pattern` with its free places filled.
inline std::string fill(std::string_view pattern, Rng& rng) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    switch (pattern[i + 1]) {
      case 'n':
        out += rng.pick(kNames);
        break;
      case 'p':
        out += rng.pick(kPlaces);
        break;
      case '#':
        out += std::to_string(rng.between(19, 99));
        break;
      default:
        out += "+44 7700 900" + std::to_string(rng.between(100, 999));
    }
    i += 2;
  }
  return out;
}

/// One choice and order of phrases, free places not yet filled.
inline std::string compose(const Language& language, Rng& rng, std::size_t least = 8,
                           std::size_t most = 13) {
  std::vector<std::size_t> subject(language.size());
  for (std::size_t i = 0; i < subject.size(); ++i) subject[i] = i;
  rng.shuffle(subject);
  subject.resize(least + rng.below(most - least + 1));
  if (rng.chance_per_mille(500)) std::sort(subject.begin(), subject.end());
  const std::array<std::string_view, 3> separators{", ", ". ", " "};
  const std::string_view separator = rng.pick(separators);
  std::string out;
  for (const std::size_t s : subject) {
    if (!out.empty()) out += separator;
    out += rng.pick(split(language[s], '|'));
  }
  return out;
}

/// n adverts by n independents.
inline std::vector<std::string> independents(std::size_t n, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::string> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(fill(compose(kLanguages[rng.below(kLanguages.size())], rng), rng));
  return out;
}

/// n adverts by one hand.
inline std::vector<std::string> one_hand(std::size_t n, std::uint64_t seed) {
  Rng rng(seed);
  const std::string pattern = compose(kLanguages[rng.below(kLanguages.size())], rng, 9, 12);
  std::vector<std::string> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) out.push_back(fill(pattern, rng));
  return out;
}

}  // namespace ovillo::cluster::invented
