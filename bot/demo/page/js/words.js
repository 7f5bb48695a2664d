/** The page's own words in both languages, and how times and sizes are said. What the bot writes is never touched here. */

const WORDS = {
  // [Kyrgyz, Russian]
  title: ["Ботту Telegram'сыз сынап көрүү", "Попробовать бота без Telegram"],
  note: ["Бул Telegram эмес: анын ушул компьютердеги көчүрмөсү. Жооп берип жаткан бот\u00a0— чыныгысы.", "Это не Telegram, а его имитация на этом компьютере. Отвечает настоящий бот."],
  language: ["Барактын тили", "Язык страницы"],
  theme_auto: ["Түсү: системадагыдай", "Тема: как в системе"],
  theme_light: ["Түсү: жарык", "Тема: светлая"],
  theme_dark: ["Түсү: караңгы", "Тема: тёмная"],
  characters: ["Каармандар", "Персонажи"],
  candidates: ["Талапкерлер", "Кандидаты"],
  group: ["Топ", "Группа"],
  coordinators: ["Координаторлор", "Координаторы"],
  others: ["Башкалар", "Другие"],
  choose: ["Каарманды тандаңыз", "Выберите персонажа"],
  choose_why: ["Сол жактан бирөөнү басыңыз: анын телефону ачылат. Анан «Баштоо» баскычын басып, бот менен сүйлөшө бериңиз.", "Нажмите на кого-нибудь слева: откроется его телефон. Затем «Начать», и можно говорить с ботом."],
  nobody: ["Азырынча эч ким жок", "Пока никого нет"],
  nobody_why: ["«+» баскычы менен каарман кошуңуз.", "Добавьте персонажа кнопкой «+»."],
  unread: ["окула элек", "непрочитанных"],
  back: ["Артка, тизмеге", "Назад, к списку"],
  phone_of: ["Телефон: {name}", "Телефон: {name}"],
  members: [["{n} мүчө"], ["{n} участник", "{n} участника", "{n} участников"]],
  bot: ["бот", "бот"],
  and_bot: ["бот бар", "с ботом"],
  without_bot: ["бот жок", "без бота"],
  today: ["Бүгүн", "Сегодня"],
  yesterday: ["Кечээ", "Вчера"],
  edited: ["түзөтүлдү", "изменено"],
  start: ["Баштоо", "Начать"],
  restart_bot: ["Ботту бөгөттөн чыгаруу", "Разблокировать бота"],
  what_can: ["Бул бот эмне кыла алат?", "Что умеет этот бот?"],
  no_description: ["Бот өзү жөнүндө азырынча эч нерсе айткан эмес. «Баштоо» баскычын басыңыз.", "Бот пока ничего о себе не сказал. Нажмите «Начать»."],
  empty_group: ["Бул топто азырынча билдирүү жок.", "В этой группе пока нет сообщений."],
  loading: ["Жүктөлүүдө…", "Загрузка…"],
  earlier: ["Мурункулары", "Более ранние"],
  newest: ["Эң акыркысына", "К последнему"],
  message: ["Билдирүү", "Сообщение"],
  message_label: ["Билдирүүнүн тексти", "Текст сообщения"],
  send: ["Жөнөтүү", "Отправить"],
  attach: ["Тиркөө", "Прикрепить"],
  stickers: ["Эмодзи жана стикерлер", "Эмодзи и стикеры"],
  as_sticker: ["Стикер катары", "Как стикер"],
  as_emoji: ["Текстке", "В текст"],
  commands: ["Буйруктар менюсу", "Меню команд"],
  menu_short: ["Меню", "Меню"],
  show_keyboard: ["Баскычтарды көрсөтүү", "Показать кнопки"],
  hide_keyboard: ["Баскычтарды жашыруу", "Скрыть кнопки"],
  keyboard: ["Бот сунуштаган баскычтар", "Кнопки, предложенные ботом"],
  photo_or_album: ["Сүрөт же альбом", "Фото или альбом"],
  document: ["Документ", "Документ"],
  voice: ["Үн билдирүүсү", "Голосовое сообщение"],
  voice_file: ["Үн билдирүүсү (файлдан)", "Голосовое (из файла)"],
  audio: ["Аудио", "Аудио"],
  video: ["Видео", "Видео"],
  photo: ["Сүрөт", "Фото"],
  album: ["Альбом", "Альбом"],
  location: ["Жайгашкан жер", "Местоположение"],
  contact: ["Телефон номери", "Номер телефона"],
  sticker: ["Стикер", "Стикер"],
  poll: ["Сурамжылоо", "Опрос"],
  quiz: ["Викторина", "Викторина"],
  unknown_kind: ["Бул түрдөгү билдирүү бул жерде көрсөтүлбөйт", "Сообщение такого вида здесь не показывается"],
  caption: ["Түшүндүрмө", "Подпись"],
  download: ["Жүктөп алуу", "Скачать"],
  play: ["Ойнотуу", "Воспроизвести"],
  pause: ["Токтотуу", "Пауза"],
  position: ["Ойнотулган жери", "Позиция"],
  open_photo: ["Сүрөттү чоңойтуу", "Увеличить фото"],
  reply: ["Жооп берүү", "Ответить"],
  edit: ["Түзөтүү", "Изменить"],
  delete: ["Өчүрүү", "Удалить"],
  copy_text: ["Текстти көчүрүү", "Скопировать текст"],
  actions: ["Билдирүү боюнча аракеттер", "Действия с сообщением"],
  react_with: ["Реакция: {emoji}", "Реакция: {emoji}"],
  replying: ["Жооп: {name}", "Ответ: {name}"],
  editing: ["Түзөтүү", "Изменение"],
  cancel: ["Баш тартуу", "Отмена"],
  ok: ["Макул", "Хорошо"],
  add: ["Кошуу", "Добавить"],
  close: ["Жабуу", "Закрыть"],
  open: ["Ачуу", "Открыть"],
  copied: ["Көчүрүлдү: {text}", "Скопировано: {text}"],
  jump: ["Жооп берилген билдирүүгө", "К исходному сообщению"],
  gone: ["Ал билдирүү өчүрүлгөн", "Это сообщение удалено"],
  unfold: ["Толук көрсөтүү", "Показать полностью"],
  fold: ["Жыйноо", "Свернуть"],
  hidden_words: ["Жашырылган текст, көрсөтүү үчүн басыңыз", "Скрытый текст, нажмите, чтобы показать"],
  forwarded: ["Кайра жөнөтүлгөн: {name}", "Переслано от: {name}"],
  via: ["{name} аркылуу", "через {name}"],
  unseen: ["Бот муну көргөн жок: топтогу купуялык режими", "Бот этого не видит: режим приватности в группах"],
  cut: ["Telegram бул баскычтын жазуусун кесет: {text}", "Telegram обрежет надпись на этой кнопке: {text}"],
  open_link: ["Шилтемени ачасызбы?", "Открыть ссылку?"],
  no_answer: ["Бот 10 секундда жооп берген жок", "Бот не ответил за 10 секунд"],
  not_here: ["Муну бул жерде кылууга болбойт", "Здесь это не имитируется"],
  choose_chat: ["Кайсы чатка?", "В какой чат?"],
  nothing_found: ["Эч нерсе табылган жок", "Ничего не найдено"],
  speak_as: ["Ким сүйлөйт", "Кто говорит"],
  admin: ["админ", "админ"],
  owner: ["админ, ээси", "админ, владелец"],
  left: ["чыгып кеткен", "вышел"],
  not_member: ["Бул адам топто жок", "Этого человека нет в группе"],
  chat_menu: ["Чаттын менюсу", "Меню чата"],
  by_link: ["Шилтеме менен ачуу", "Открыть по ссылке"],
  by_link_why: ["Мисалы: ?start=a_deadlines же t.me/…?start=…", "Например: ?start=a_deadlines или t.me/…?start=…"],
  link: ["Шилтеме", "Ссылка"],
  bad_link: ["Шилтемеде start жок", "В ссылке нет start"],
  block: ["Ботту бөгөттөө", "Заблокировать бота"],
  unblock: ["Бөгөттөн чыгаруу", "Разблокировать бота"],
  blocked: ["Бот бөгөттөлгөн", "Бот заблокирован"],
  people_here: ["Топтун мүчөлөрү", "Участники группы"],
  add_bot: ["Ботту кошуу", "Добавить бота"],
  remove_bot: ["Ботту чыгаруу", "Убрать бота"],
  bot_admin: ["Ботту админ кылуу", "Сделать бота админом"],
  bot_member: ["Ботту катардагы мүчө кылуу", "Сделать бота участником"],
  make_admin: ["Админ кылуу", "Сделать админом"],
  make_member: ["Катардагы мүчө кылуу", "Сделать участником"],
  take_out: ["Чыгаруу", "Исключить"],
  go_out: ["Топтон чыгуу", "Выйти самому"],
  bring_in: ["Топко кошуу", "Добавить в группу"],
  migrate: ["Супертоп кылуу", "Сделать супергруппой"],
  new_person: ["Жаңы адам", "Новый человек"],
  new_group: ["Жаңы топ", "Новая группа"],
  add_more: ["Адам же топ кошуу", "Добавить человека или группу"],
  name: ["Аты", "Имя"],
  username: ["Колдонуучу аты (милдеттүү эмес)", "Имя пользователя (не обязательно)"],
  phone_language: ["Телефонунун тили", "Язык телефона"],
  group_title: ["Топтун аталышы", "Название группы"],
  who_in: ["Мүчөлөрү", "Участники"],
  first_is_admin: ["Биринчи тандалган адам админ болот.", "Первый выбранный будет админом."],
  phone: ["Телефон", "Телефон"],
  share_phone: ["Ботко телефон номериңизди бересизби?", "Передать боту ваш номер телефона?"],
  latitude: ["Кеңдик", "Широта"],
  longitude: ["Узундук", "Долгота"],
  share_place: ["Ботко жайгашкан жериңизди бересизби?", "Передать боту ваше местоположение?"],
  offline: ["Байланыш үзүлдү, кайра туташууда…", "Связь прервалась, соединяюсь…"],
  drawer: ["Бот эмне жөнөттү?", "Что отправил бот?"],
  requests: ["Суроо-талаптар", "Запросы"],
  faults: ["Мүчүлүштүктөр", "Неполадки"],
  only_this_chat: ["Ушул чат гана", "Только этот чат"],
  only_refused: ["Четке кагылгандар гана", "Только отказы"],
  method: ["Метод", "Метод"],
  no_requests: ["Азырынча бот эч нерсе сураган жок.", "Бот пока ничего не запрашивал."],
  clear: ["Тазалоо", "Очистить"],
  params: ["Параметрлер", "Параметры"],
  answer: ["Жооп", "Ответ"],
  files: ["Файлдар", "Файлы"],
  copy_json: ["JSON көчүрүү", "Скопировать JSON"],
  latency: ["Кечигүү, мс", "Задержка, мс"],
  rate_limits: ["Ылдамдык чектери (429)", "Ограничения частоты (429)"],
  all_per_second: ["Баары, секундасына", "Всего в секунду"],
  chat_per_second: ["Бир чатка, секундасына", "В один чат, в секунду"],
  group_per_minute: ["Топко, мүнөтүнө", "В группу, в минуту"],
  clock_shift: ["Саатты жылдыруу, с", "Сдвиг часов, с"],
  apply: ["Колдонуу", "Применить"],
  applied: ["Колдонулду", "Применено"],
  next_faults: ["Кийинки мүчүлүштүктөр", "Следующие неполадки"],
  what_happens: ["Эмне болот", "Что произойдёт"],
  times: ["Канча жолу", "Сколько раз"],
  retry_after: ["retry_after, с", "retry_after, с"],
  this_chat_only: ["Ушул чат үчүн гана", "Только для этого чата"],
  add_fault: ["Кошуу", "Добавить"],
  release: ["Кармалгандарды коё берүү", "Отпустить удержанные"],
  remove: ["Алып салуу", "Убрать"],
  none: ["жок", "нет"],
  vote: ["Добуш берүү", "Голосовать"],
  anonymous: ["Анонимдүү", "Анонимный"],
  open_vote: ["Ачык", "Открытый"],
  closed_poll: ["Жыйынтыкталган", "Завершён"],
  votes: [["{n} добуш"], ["{n} голос", "{n} голоса", "{n} голосов"]],
  nobody_voted: ["Азырынча добуш жок", "Пока нет голосов"],
  right: ["туура", "верно"],
  wrong: ["туура эмес", "неверно"],
  action_typing: ["жазып жатат…", "печатает…"],
  action_upload_document: ["файл жөнөтүп жатат…", "отправляет файл…"],
  action_upload_photo: ["сүрөт жөнөтүп жатат…", "отправляет фото…"],
  action_upload_voice: ["үн жөнөтүп жатат…", "отправляет голосовое…"],
  action_upload_video: ["видео жөнөтүп жатат…", "отправляет видео…"],
  service_joined: ["{who} кошулду", "{who} — теперь в группе"],
  service_added: ["{by} кошту: {who}", "{by} добавил(а): {who}"],
  service_left: ["{who} чыгып кетти", "{who} — больше не в группе"],
  service_removed: ["{by} чыгарды: {who}", "{by} исключил(а): {who}"],
  service_created: ["{by} «{title}» тобун түздү", "{by} создал(а) группу «{title}»"],
  service_title: ["Топтун жаңы аталышы: «{title}»", "Новое название группы: «{title}»"],
  service_photo: ["Топтун сүрөтү өзгөрдү", "Фото группы изменено"],
  service_pinned: ["{by} бекитти: «{what}»", "{by} закрепил(а): «{what}»"],
  service_migrated: ["Топ супертопко айланды", "Группа стала супергруппой"],
  service_other: ["Кызматтык билдирүү", "Служебное сообщение"],
  pinned: ["Бекитилген", "Закреплено"],
};

const MONTHS = {
  ky: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
};

const LANGUAGES = ["ky", "ru"];
const ZONE = "Asia/Bishkek";
const CLOCK = new Intl.DateTimeFormat("ru-RU", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const RUSSIAN_PLURAL = new Intl.PluralRules("ru");

let chosen = firstLanguage();

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (LANGUAGES.includes(asked)) return asked;
  const kept = localStorage.getItem("page-language");
  if (LANGUAGES.includes(kept)) return kept;
  return navigator.language.startsWith("ru") ? "ru" : "ky";
}

export const language = () => chosen;

export function chooseLanguage(tag) {
  chosen = tag;
  localStorage.setItem("page-language", tag);
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  history.replaceState(history.state, "", address);
}

/** The words named `key`; `{name}` is filled from `values`, and where there are plural forms `values.n` chooses one. */
export function say(key, values = {}) {
  let words = WORDS[key][LANGUAGES.indexOf(chosen)];
  if (Array.isArray(words)) words = words[form(values.n)];
  return words.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

function form(n) {
  if (chosen === "ky") return 0;
  return { one: 0, few: 1 }[RUSSIAN_PLURAL.select(n)] ?? 2;
}

export const knows = (key) => key in WORDS;

/** "about" and the like: {"ky": …, "ru": …}. */
export const inBoth = (both) => (typeof both === "string" ? both : both?.[chosen] ?? both?.ky ?? both?.ru ?? "");

export const clock = (epoch) => CLOCK.format(new Date(epoch * 1000));

/** The day of a moment in Bishkek, as 2026-09-01. */
export const dayOf = (epoch) => DAY.format(new Date(epoch * 1000));

/** «1-сентябрь», «1 сентября», today and yesterday by name; the year only when it is another one. */
export function dayInWords(epoch, now) {
  const day = dayOf(epoch);
  if (day === dayOf(now)) return say("today");
  if (day === dayOf(now - 86400)) return say("yesterday");
  const [year, month, date] = day.split("-").map(Number);
  const other = year !== Number(dayOf(now).slice(0, 4));
  const name = MONTHS[chosen][month - 1];
  if (chosen === "ky") return other ? `${year}-жылдын ${date}-${name}` : `${date}-${name}`;
  return other ? `${date} ${name} ${year}` : `${date} ${name}`;
}

/** A short moment for the list of chats: the clock today, the date earlier. */
export function shortMoment(epoch, now) {
  if (dayOf(epoch) === dayOf(now)) return clock(epoch);
  const [, month, date] = dayOf(epoch).split("-");
  return `${date}.${month}`;
}

export function sizeInWords(bytes) {
  const units = ["Б", "КБ", "МБ"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < 2) {
    size /= 1024;
    unit += 1;
  }
  return `${unit && size < 10 ? size.toFixed(1).replace(".", ",") : Math.round(size)} ${units[unit]}`;
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
